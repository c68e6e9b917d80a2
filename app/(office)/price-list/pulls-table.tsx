import { getLocale, getTranslations } from "next-intl/server";
import { TimeAgo } from "@/components/time-ago";
import { ScrollBox } from "@/components/ui/scroll-box";
import { isLocale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { latestPulls } from "@/lib/price-list/feed-queries";

type Pull = Awaited<ReturnType<typeof latestPulls>>[number];

const head = "px-3 py-2 text-left font-medium";

/** Everybody who came by the link, and what they got. */
export async function PullsTable({ pulls }: { pulls: readonly Pull[] }) {
  const [t, tWhy, spoken] = await Promise.all([
    getTranslations("priceList.feed"),
    getTranslations("priceList.notReady"),
    getLocale(),
  ]);
  const locale = isLocale(spoken) ? spoken : "ru";
  if (pulls.length === 0) return <p className="text-ink-soft text-sm">{t("noPulls")}</p>;
  const why = (pull: Pull) => {
    const known = (pull.why ?? "stale") as "stale";
    return tWhy.has(known) ? tWhy(known) : known;
  };
  const size = ({ bytes }: Pull) =>
    bytes === null
      ? ""
      : t("pull.kilobytes", { size: formatNumber(Math.max(1, Math.round(bytes / 1024)), locale) });
  return (
    <details>
      <summary className="cursor-pointer py-1 font-medium">{t("pulls")}</summary>
      <ScrollBox label={t("pulls")} className="max-h-80">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b text-ink-soft">
              <th className={head}>{t("pull.at")}</th>
              <th className={head}>{t("pull.what")}</th>
              <th className="px-3 py-2 text-right font-medium">{t("pull.size")}</th>
              <th className={head}>{t("pull.who")}</th>
            </tr>
          </thead>
          <tbody>
            {pulls.map((pull) => (
              <tr key={pull.id} className="border-b align-top last:border-b-0">
                <td className="px-3 py-2 whitespace-nowrap">
                  <TimeAgo at={pull.at} />
                </td>
                <td className="px-3 py-2">
                  {t(`outcome.${pull.outcome}`, { number: pull.number ?? 0, why: why(pull) })}
                </td>
                <td className="px-3 py-2 text-right whitespace-nowrap tabular-nums">
                  {size(pull)}
                </td>
                <td className="px-3 py-2 text-ink-soft [overflow-wrap:anywhere]">
                  {[pull.address, pull.agent].filter(Boolean).join(", ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}
