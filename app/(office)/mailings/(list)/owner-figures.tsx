import { useLocale, useTranslations } from "next-intl";
import { formatNumber, formatPercent } from "@/lib/i18n/money";
import type { MailingFigures } from "@/lib/mailings/figure-queries";

/** Of a hundred; all only when it is all. */
const share = (part: number, all: number) => Math.floor((part / all) * 100);
const head = "px-4 py-1.5 text-right font-normal max-md:px-1.5";
const cell = "px-4 py-1.5 text-right max-md:px-1.5";

/** How many letters of each owner have arrived, and how many have not. */
export function OwnerFigures({ lines }: { lines: MailingFigures["byOwner"] }) {
  const t = useTranslations("mailings.figures");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  return (
    <table className="w-full text-sm tabular-nums">
      <thead className="text-ink-soft">
        <tr>
          <th className="px-4 py-1.5 text-left font-normal max-md:pr-1.5">{t("owner")}</th>
          <th className={`${head} max-md:hidden`}>{t("runs")}</th>
          <th className={head}>{t("succeeded")}</th>
          <th className={head}>{t("failed")}</th>
          <th className={head}>{t("unknown")}</th>
          <th className={`${head} max-md:hidden`}>{t("share")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ ownerId, ownerName, runs, succeeded, failed, unknown }) => {
          const tried = succeeded + failed + unknown;
          return (
            <tr key={ownerId} className="border-t">
              <td className="break-words px-4 py-1.5">{ownerName}</td>
              <td className={`${cell} max-md:hidden`}>{number(runs)}</td>
              <td className={cell}>{number(succeeded)}</td>
              <td className={failed > 0 ? `${cell} text-red` : cell}>{number(failed)}</td>
              <td className={unknown > 0 ? `${cell} text-amber` : cell}>{number(unknown)}</td>
              <td className={`${cell} max-md:hidden`}>
                {tried > 0 && formatPercent(share(succeeded, tried), locale)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
