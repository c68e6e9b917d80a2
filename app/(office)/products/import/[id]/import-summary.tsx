import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { ImportCounts, TableImport } from "@/lib/table-files/import-queries";
import { ApplyBar } from "./apply-bar";
import { UndoAct } from "./undo-act";

type Props = { seen: TableImport; counts: ImportCounts };

/** The file in numbers, what of it was left aside, and what can be done with it now. */
export async function ImportSummary({ seen, counts }: Props) {
  const [t, locale] = await Promise.all([getTranslations("tables.import"), getLocale()]);
  const number = (count: number) => formatNumber(count, locale);
  const counted = (count: number) => ({ count, shown: number(count) });
  const shown = {
    lines: seen.lines,
    products: counts.products,
    changes: counts.cells,
    conflicts: counts.conflict,
    errors: seen.errorLines,
    doubtful: counts.doubtful,
  };
  const isOpen = seen.state === "seen";
  const isAsHere = counts.conflict === 0 && seen.errorLines === 0;
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-2 gap-3 rounded-md bg-sunken px-3 py-2 sm:grid-cols-3 xl:grid-cols-6">
        {(Object.keys(shown) as (keyof typeof shown)[]).map((name) => (
          <div key={name}>
            <dt className="text-ink-soft text-xs">{t(`count.${name}`)}</dt>
            <dd className="font-semibold text-lg">{number(shown[name])}</dd>
          </div>
        ))}
      </dl>
      {seen.remarks.map((remark) => (
        <Notice key={remark.kind}>
          {t(`remark.${remark.kind}`, {
            count: "count" in remark ? number(remark.count) : "",
            names: "names" in remark ? remark.names : "",
          })}
        </Notice>
      ))}
      {isOpen && seen.errorLines > 0 && (
        <Notice tone="amber">
          {t("errorLead", counted(seen.errorLines))} {counts.products > 0 && t("errorRest")}
        </Notice>
      )}
      {isOpen && seen.worst && (
        <Notice tone="amber">
          {t("worst", {
            name: seen.worst.name,
            price: formatMoney(seen.worst.price, locale),
            limit: formatMoney(seen.worst.limit, locale),
          })}
        </Notice>
      )}
      {isOpen && counts.products === 0 && (
        <Notice title={t("nothing")}>{isAsHere ? t("nothingText") : null}</Notice>
      )}
      {isOpen && counts.products > 0 && (
        <ApplyBar products={counts.products} doubtful={counts.doubtful} />
      )}
      {seen.state === "applied" && (
        <Notice tone="green" action={<UndoAct />}>
          {t("applied", counted(counts.products))}
        </Notice>
      )}
      {seen.state === "undone" && (
        <Notice tone={counts.left > 0 ? "amber" : "green"}>
          {counts.left > 0 ? t("undoneLeft", counted(counts.left)) : t("undone")}
        </Notice>
      )}
    </div>
  );
}
