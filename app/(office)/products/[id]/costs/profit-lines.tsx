import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import type { Tenge } from "@/lib/core/money";
import type { Terms } from "@/lib/costs/model";
import { profitAt, profitLines } from "@/lib/costs/profit-rules";
import { formatPercent } from "@/lib/i18n/money";
import { type ProfitColumn, ProfitColumns, type ProfitRow } from "./profit-columns";

type Props = { terms: Terms; floor: Tenge | null; price: Tenge | null };

/** What a price leaves, at the floor and now; where its money goes, line by line, on request. */
export function ProfitLines({ terms, floor, price }: Props) {
  const t = useTranslations("costs.lines");
  const locale = useLocale();
  const columns = [
    { name: "floor", at: floor === null ? null : profitAt(terms, floor) },
    { name: "price", at: price === null || price < 1 ? null : profitAt(terms, price) },
  ].filter((column): column is ProfitColumn => column.at !== null);
  if (columns.length === 0) return null;
  const percent = (hundredths: number) => formatPercent(Math.floor(hundredths / 10) / 10, locale);
  const left: ProfitRow[] = [
    { label: t("price"), cell: (at) => <Money amount={at.price} /> },
    { label: t("profit"), look: "total", cell: (at) => <Money amount={at.profit} /> },
    { label: t("margin"), look: "soft", cell: (at) => percent(at.margin) },
    { label: t("wanted"), look: "soft", cell: (at) => <Money amount={at.wanted} /> },
  ];
  const spent = profitLines
    .filter((line) => line !== "delivery" || terms.bands !== null)
    .map((line): ProfitRow => {
      const rate = rateOf(terms, line);
      return {
        label: rate === null ? t(`line.${line}`) : `${t(`line.${line}`)}\u00a0${percent(rate)}`,
        look: "soft",
        cell: ({ lines }) => (
          <Money amount={-(lines.find((one) => one.line === line)?.amount ?? 0)} />
        ),
      };
    });
  return (
    <>
      <ProfitColumns caption={t("caption")} columns={columns} rows={left} />
      <details className="text-sm">
        <summary className="cursor-pointer text-ink-soft">{t("where")}</summary>
        <ProfitColumns caption={t("where")} columns={columns} rows={spent} />
      </details>
    </>
  );
}

function rateOf(terms: Terms, line: (typeof profitLines)[number]): number | null {
  if (line === "commission") return terms.commission;
  if (line === "kaspi_pay") return terms.kaspiPay;
  return line === "tax" ? terms.tax : null;
}
