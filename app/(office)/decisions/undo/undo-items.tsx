import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { PriceChange } from "@/components/repricing/price-change";
import type { UndoItem } from "@/lib/repricing/undo/undo-item-queries";

export type UndoItemLine = Pick<
  UndoItem,
  "undoneId" | "productId" | "name" | "price" | "priceBefore"
> & {
  /** What becomes of it, in words. */
  fate: string;
};

/** What an undo was for: what goes back, and what is left alone and why. */
export function UndoItems({ items }: { items: UndoItemLine[] }) {
  const t = useTranslations("ledger.undo");
  return (
    <Panel title={t("items")}>
      <ul className="max-h-96 overflow-y-auto text-sm">
        {items.map(({ undoneId, productId, name, price, priceBefore, fate }) => (
          <li
            key={undoneId}
            className="grid gap-x-4 border-t py-1.5 first:border-t-0 md:grid-cols-[minmax(0,1fr)_auto_16rem]"
          >
            <Link
              href={`/products/${productId}`}
              prefetch={false}
              className="min-w-0 truncate underline-offset-2 hover:underline"
            >
              {name}
            </Link>
            <span className="whitespace-nowrap">
              {priceBefore !== null && <PriceChange before={price} after={priceBefore} />}
            </span>
            <span className="text-ink-soft">{fate}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
