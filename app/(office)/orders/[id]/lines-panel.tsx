import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import type { Translator } from "@/lib/i18n/translator";
import type { OrderRow } from "@/lib/orders/shown-queries";
import { amountText } from "@/lib/orders/words";
import { Picture } from "../../products/picture";

type Props = { order: OrderRow; t: Translator };

/** What was ordered; each line leads to its product. */
export function LinesPanel({ order: { entries, totalPrice }, t: translate }: Props) {
  const t = useTranslations("orders");
  const locale = useLocale();
  return (
    <Panel title={t("page.lines")}>
      {entries.length === 0 && <p className="text-ink-soft">{t("page.noLines")}</p>}
      <ul className="flex flex-col divide-y">
        {entries.map((entry) => (
          <li key={entry.nth} className="flex items-start gap-3 py-2.5 first:pt-0">
            <Picture
              url={entry.imageUrl}
              className="size-12 shrink-0 rounded-md border bg-surface"
            />
            <div className="min-w-0 flex-1">
              <p className="font-medium">
                {entry.productId ? (
                  <Link
                    href={`/products/${entry.productId}`}
                    className="hover:text-blue hover:underline"
                  >
                    {entry.name}
                  </Link>
                ) : (
                  entry.name
                )}
              </p>
              <p className="text-ink-soft text-sm">
                {[entry.sku, entry.productId ? null : t("page.unlinked")]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            <div className="shrink-0 text-right tabular-nums">
              <Money amount={entry.totalPrice} />
              <p className="text-ink-soft text-sm">
                {amountText(translate, entry, locale)} × <Money amount={entry.unitPrice} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className="flex justify-between border-t pt-3 font-semibold">
        {t("page.total")}
        <Money amount={totalPrice} />
      </p>
    </Panel>
  );
}
