import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { PointStock } from "@/lib/products/stock-queries";
import { StockForm } from "./stock-form";

type Props = {
  product: { id: string; isWritable: boolean };
  points: readonly PointStock[];
  className: string;
};

/** How many the seller has, by their own count; nothing at all where there is none and may be none. */
export function StockPanel({ product, points, className }: Props) {
  const t = useTranslations("tables.stock");
  if (points.length === 0) return null;
  if (!product.isWritable && points.every(({ count }) => count === null)) return null;
  return (
    <Panel className={className} title={t("title")}>
      {product.isWritable ? (
        <StockForm productId={product.id} points={points} />
      ) : (
        <ul className="flex flex-col">
          {points.map(({ pointId, label, cityName, count }) => (
            <li key={pointId} className="flex justify-between gap-4 border-t py-2">
              <span className="min-w-0">
                {label} <span className="text-ink-soft text-sm">{cityName}</span>
              </span>
              <span>{count ?? <span className="text-ink-faint">{t("none")}</span>}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
