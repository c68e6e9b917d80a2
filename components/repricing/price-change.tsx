import { Money } from "@/components/money";

type Props = { before: number | null; after: number };

/** What a price was and what it was to become. */
export function PriceChange({ before, after }: Props) {
  return (
    <>
      <span className="text-ink-soft">
        <Money amount={before} />
      </span>{" "}
      <span aria-hidden="true">→</span> <Money amount={after} />
    </>
  );
}
