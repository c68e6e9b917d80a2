import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { changeText } from "@/lib/i18n/change";
import { formatNumber } from "@/lib/i18n/money";
import type { HeldRow, OpenHold } from "@/lib/repricing/hold/hold-queries";
import { HeldAnswers } from "./held-answers";

type Props = { hold: OpenHold; rows: HeldRow[] };

/** Changes that wait together: why, the first of them, and the two answers. */
export function HeldPanel({ hold, rows }: Props) {
  const t = useTranslations("approvals.held");
  const locale = useLocale();
  const counted = (count: number) => ({ count, shown: formatNumber(count, locale) });
  const { storeId, storeName, kind, scope, runId, changes, drops, waiting } = hold;
  const why = kind === "canary" ? "canary" : scope === "hour" ? "hour" : "run";
  return (
    <Panel
      title={t("title", { store: storeName, ...counted(waiting) })}
      aside={
        <span className="text-ink-soft text-sm">
          <TimeAgo at={hold.at} />
        </span>
      }
    >
      <p className="max-w-160">
        {t(`why.${why}`, {
          drops: formatNumber(drops, locale),
          changes: formatNumber(changes, locale),
        })}{" "}
        <span className="text-ink-soft">{t("safe")}</span>
      </p>
      {rows.length > 0 && (
        <table aria-label={t("table")} className="w-full text-sm">
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.decisionId}
                className="border-t *:align-baseline max-sm:grid max-sm:grid-cols-[auto_auto_1fr] max-sm:py-1.5 sm:*:py-1.5"
              >
                <td className="w-full max-w-0 max-sm:col-span-3 max-sm:max-w-none">
                  <Link
                    href={`/products/${row.productId}`}
                    prefetch={false}
                    className="block truncate underline-offset-2 hover:underline"
                  >
                    {row.name}
                  </Link>
                </td>
                <td className="whitespace-nowrap text-right text-ink-soft sm:pl-4">
                  <Money amount={row.priceBefore} />
                </td>
                <td className="whitespace-nowrap pl-4 text-right font-medium">
                  <Money amount={row.price} />
                </td>
                <td className="whitespace-nowrap pl-4 text-right text-ink-soft">
                  {changeText(row.priceBefore, row.price, locale)?.percent}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {hold.isWritable && <HeldAnswers holdId={hold.id} waiting={waiting} />}
        <p className="flex flex-wrap gap-x-4 text-blue text-sm [&_a:hover]:underline">
          <Link href={`/decisions?store=${storeId}&state=held`}>{t("all")}</Link>
          {runId && <Link href={`/decisions/runs/${runId}`}>{t("run")}</Link>}
        </p>
      </div>
    </Panel>
  );
}
