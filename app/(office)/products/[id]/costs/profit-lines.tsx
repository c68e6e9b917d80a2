import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { cn } from "@/components/ui/class-names";
import type { Tenge } from "@/lib/core/money";
import type { Terms } from "@/lib/costs/model";
import { type Profit, profitAt, profitLines } from "@/lib/costs/profit-rules";
import { formatNumber } from "@/lib/i18n/money";

type Props = { terms: Terms; floor: Tenge | null; price: Tenge | null };

const cell = "border-t py-1.5 pl-3 text-right whitespace-nowrap";

/** Where the money of a price goes, line by line: at the floor, and at the price of now. */
export function ProfitLines({ terms, floor, price }: Props) {
  const t = useTranslations("costs.lines");
  const locale = useLocale();
  const columns = [
    { name: "floor" as const, at: floor === null ? null : profitAt(terms, floor) },
    { name: "price" as const, at: price === null || price < 1 ? null : profitAt(terms, price) },
  ].filter((column): column is { name: "floor" | "price"; at: Profit } => column.at !== null);
  if (columns.length === 0) return null;
  const percent = (hundredths: number) =>
    `${formatNumber(Math.floor(hundredths / 10) / 10, locale)} %`;
  const rows = profitLines.filter((line) => line !== "delivery" || terms.bands !== null);
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t("caption")}</caption>
      <thead className="text-ink-faint text-xs">
        <tr>
          <td />
          {columns.map(({ name }) => (
            <th key={name} scope="col" className="py-1.5 pl-3 text-right font-normal">
              {t(`at.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row" className="border-t py-1.5 text-left font-normal">
            {t("price")}
          </th>
          {columns.map(({ name, at }) => (
            <td key={name} className={cell}>
              <Money amount={at.price} />
            </td>
          ))}
        </tr>
        {rows.map((line) => (
          <tr key={line}>
            <th scope="row" className="border-t py-1.5 text-left font-normal text-ink-soft">
              {t(`line.${line}`)}
              {rateOf(terms, line) !== null && ` ${percent(rateOf(terms, line) ?? 0)}`}
            </th>
            {columns.map(({ name, at }) => (
              <td key={name} className={cn(cell, "text-ink-soft")}>
                <Spent amount={at.lines.find((one) => one.line === line)?.amount ?? 0} />
              </td>
            ))}
          </tr>
        ))}
        <tr className="font-semibold">
          <th scope="row" className="border-t py-1.5 text-left">
            {t("profit")}
          </th>
          {columns.map(({ name, at }) => (
            <td key={name} className={cn(cell, at.profit < 0 && "text-red")}>
              <Money amount={at.profit} />
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row" className="py-1 text-left font-normal text-ink-soft">
            {t("margin")}
          </th>
          {columns.map(({ name, at }) => (
            <td key={name} className="py-1 pl-3 text-right text-ink-soft">
              {percent(at.margin)}
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row" className="py-1 text-left font-normal text-ink-soft">
            {t("wanted")}
          </th>
          {columns.map(({ name, at }) => (
            <td key={name} className="py-1 pl-3 text-right text-ink-soft">
              <Money amount={at.wanted} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Spent({ amount }: { amount: number }) {
  return (
    <>
      {amount > 0 && "−"}
      <Money amount={amount} />
    </>
  );
}

function rateOf(terms: Terms, line: (typeof profitLines)[number]): number | null {
  if (line === "commission") return terms.commission;
  if (line === "kaspi_pay") return terms.kaspiPay;
  return line === "tax" ? terms.tax : null;
}
