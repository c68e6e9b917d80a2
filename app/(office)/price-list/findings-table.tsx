import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { ListFinding } from "@/lib/price-list/model";

type Props = { findings: readonly ListFinding[]; counted: number };

/** What is wrong with a list, row by row. */
export async function FindingsTable({ findings, counted }: Props) {
  const t = await getTranslations("priceList.findings");
  if (findings.length === 0) return null;
  const hasErrors = findings.some(({ severity }) => severity === "error");
  const title = t(hasErrors ? "title" : "remarks");
  const table = (rows: readonly ListFinding[]) => (
    <ScrollBox label={title} className="max-h-96">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b text-left text-ink-soft">
            <th className="px-3 py-2 font-medium">{t("row")}</th>
            <th className="px-3 py-2 font-medium">{t("sku")}</th>
            <th className="px-3 py-2 font-medium">{t("text")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((finding, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: findings have no id, and their order does not change
            <tr key={nth} className="border-b align-top last:border-b-0">
              <td className="px-3 py-2 tabular-nums">{finding.row ?? t("file")}</td>
              <td className="px-3 py-2 [overflow-wrap:anywhere]">{finding.sku}</td>
              <td className="px-3 py-2">
                <Badge tone={finding.severity === "error" ? "red" : "amber"}>
                  {t(`severity.${finding.severity}`)}
                </Badge>{" "}
                {t(`keys.${finding.key}`, { value: finding.value ?? "" })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
  const isMore = counted > findings.length;
  return (
    <details open={hasErrors}>
      <summary className="cursor-pointer py-1 font-medium">
        {title} <span className="text-ink-soft tabular-nums">{counted}</span>
      </summary>
      {table(findings)}
      {isMore && (
        <p className="pt-2 text-ink-soft text-sm">{t("more", { count: findings.length })}</p>
      )}
    </details>
  );
}
