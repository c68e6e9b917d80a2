import { CubeIcon } from "@radix-ui/react-icons";
import { cn } from "@/components/ui/class-names";

type Props = { url: string | null; className: string };

/** A product's picture from Kaspi. Its name stands beside it, so nothing is read aloud. */
export function Picture({ url, className }: Props) {
  const look = cn("shrink-0 overflow-hidden rounded-sm bg-sunken", className);
  if (!url) {
    return (
      <span className={cn(look, "grid place-items-center text-ink-faint")}>
        <CubeIcon aria-hidden="true" />
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: Kaspi's host serves these in the size we show.
    <img
      src={url}
      alt=""
      loading="lazy"
      decoding="async"
      className={cn(look, "object-contain mix-blend-normal")}
    />
  );
}
