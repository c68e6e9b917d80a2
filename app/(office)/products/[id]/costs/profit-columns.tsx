import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import type { Profit } from "@/lib/costs/profit-rules";

export type ProfitColumn = { name: "floor" | "price"; at: Profit };
export type ProfitRow = {
  label: string;
  look?: "total" | "soft";
  cell: (at: Profit) => ReactNode;
};

type Props = { caption: string; columns: readonly ProfitColumn[]; rows: readonly ProfitRow[] };

/** The same figures at the floor and at the price of now, side by side. */
export function ProfitColumns({ caption, columns, rows }: Props) {
  const t = useTranslations("costs.lines");
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">{caption}</caption>
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
        {rows.map(({ label, look, cell }) => (
          <tr
            key={label}
            className={cn(
              "border-t",
              look === "total" && "font-semibold",
              look === "soft" && "text-ink-soft",
            )}
          >
            <th scope="row" className={cn("py-1.5 text-left", look !== "total" && "font-normal")}>
              {label}
            </th>
            {columns.map(({ name, at }) => (
              <td
                key={name}
                className={cn(
                  "whitespace-nowrap py-1.5 pl-3 text-right",
                  look === "total" && at.profit < 0 && "text-red",
                )}
              >
                {cell(at)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
