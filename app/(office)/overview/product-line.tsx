import Link from "next/link";

type Props = {
  productId: string;
  name: string;
  /** What else is to be known of it; what is not given is not said. */
  besides: (string | false | null)[];
};

/** A product in a table of the overview: a link to its page, and where or how it is meant. */
export function ProductLine({ productId, name, besides }: Props) {
  const said = besides.filter(Boolean).join(", ");
  return (
    <>
      <Link
        href={`/products/${productId}`}
        className="block truncate text-blue underline-offset-2 hover:underline"
      >
        {name}
      </Link>
      {said && <span className="block truncate text-ink-soft text-sm">{said}</span>}
    </>
  );
}
