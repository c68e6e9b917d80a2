"use client";

import { useTranslations } from "next-intl";
import { Input } from "@/components/ui/input";

export type CommissionRow = {
  category: string;
  name: string;
  /** How many products are in it. */
  products: string;
  /** The rate of today; null: not set. */
  now: string | null;
};

/** Names of the fields: this and the category. */
export const ratePrefix = "rate:";

type Props = {
  rows: readonly CommissionRow[];
  /** With a field for another rate. */
  isForm?: boolean;
};

export function CommissionTable({ rows, isForm = false }: Props) {
  const t = useTranslations("costs.page");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section aria-label={t("kind.commission")} tabIndex={0} className="max-h-112 overflow-auto">
      <table className="w-full text-sm">
        <thead className="text-ink-faint text-xs">
          <tr>
            <th className="py-1.5 text-left font-normal">{t("category")}</th>
            <th className="px-2 py-1.5 text-right font-normal">{t("products")}</th>
            <th className="px-2 py-1.5 text-right font-normal">{t("now")}</th>
            {isForm && <th className="py-1.5 pl-2 text-right font-normal">{t("next")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ category, name, products, now }) => (
            <tr key={category}>
              <th scope="row" className="border-t py-1 text-left font-normal">
                {name}
              </th>
              <td className="border-t px-2 text-right text-ink-soft">{products}</td>
              <td className="whitespace-nowrap border-t px-2 text-right">
                {now ?? <span className="text-ink-faint">{t("notSet")}</span>}
              </td>
              {isForm && (
                <td className="border-t py-1 pl-2 text-right">
                  <Input
                    name={`${ratePrefix}${category}`}
                    inputMode="decimal"
                    autoComplete="off"
                    aria-label={t("rateOf", { name })}
                    placeholder="%"
                    className="ml-auto w-20 text-right"
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
