import { cn } from "./class-names";
import type { ColumnLook } from "./table-columns";

/** The first column stays in sight while the others scroll away under it. */
const sticky = "md:first:sticky md:first:left-0";

export function headLook({ align, width }: ColumnLook): string {
  return cn(
    "sticky top-0 z-10 h-9 border-b bg-surface px-3 text-left font-medium text-ink-soft text-xs whitespace-nowrap first:z-20",
    sticky,
    align === "right" && "text-right",
    width,
  );
}

const cards: Record<NonNullable<ColumnLook["card"]>, string> = {
  title: "max-md:order-1 max-md:col-span-2",
  corner: "max-md:order-2 max-md:justify-self-end",
  number:
    "max-md:order-3 max-md:before:block max-md:before:text-ink-faint max-md:before:text-xs max-md:before:content-[attr(data-label)]",
  line: "max-md:order-4 max-md:col-span-3 max-md:empty:hidden",
};

export function cellLook({ align, width, card }: ColumnLook): string {
  return cn(
    "max-md:min-w-0 md:h-10 md:border-b md:bg-surface md:px-3 md:group-last:border-b-0 md:group-hover:bg-hover",
    sticky,
    "md:first:z-[1]",
    align === "right" && "md:text-right",
    width,
    card ? cards[card] : "max-md:hidden",
  );
}
