"use client";

import { useLocale, useTranslations } from "next-intl";
import { MarketForecast } from "@/components/repricing/market-forecast";
import { Notice } from "@/components/ui/notice";
import { useCounted } from "@/components/use-counted";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { BulkPreview } from "@/lib/repricing/bulk/bulk-model";

/** What would come of the change: how many, which not and why, and the worst that can happen. */
export function BulkForecast({ preview, confirm }: { preview: BulkPreview; confirm: boolean }) {
  const t = useTranslations("list.bulk");
  const counted = useCounted();
  const locale = useLocale();
  const { same, skipped, offSale } = preview;
  const doubtful = confirm ? 0 : preview.doubtful;
  const worst = confirm ? preview.worstConfirmed : preview.worst;
  const number = (count: number) => formatNumber(count, locale);
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      <dl className="grid grid-cols-3 gap-3 rounded-md bg-sunken px-3 py-2">
        {(
          [
            ["changes", preview.changes - doubtful],
            ["same", same],
            ["left", left + doubtful],
          ] as const
        ).map(([name, count]) => (
          <div key={name}>
            <dt className="text-ink-soft text-xs">{t(`forecast.${name}`)}</dt>
            <dd className="font-semibold text-lg">{number(count)}</dd>
          </div>
        ))}
      </dl>
      {(left > 0 || doubtful > 0) && (
        <ul className="flex flex-col gap-1 text-sm">
          {skipped.map(({ why, count }) => (
            <li key={why}>
              {number(count)}: {t(`why.${why}`)}
            </li>
          ))}
          {doubtful > 0 && (
            <li>
              {number(doubtful)}: {t("why.floor_far_below_price")}
            </li>
          )}
        </ul>
      )}
      {offSale > 0 && <p className="text-ink-soft text-sm">{t("offSale", counted(offSale))}</p>}
      {worst && (
        <Notice tone="amber">
          {t(worst.percent < 0 ? "worstDown" : "worstUp", {
            name: worst.name,
            price: formatMoney(worst.price, locale),
            limit: formatMoney(worst.limit, locale),
            percent: number(Math.abs(worst.percent)),
          })}
        </Notice>
      )}
      {isForeseen(preview) && <MarketForecast forecast={preview.market} />}
    </div>
  );
}

/** Nothing is decided of bots that are off, nor when they are switched off. */
function isForeseen({ market }: BulkPreview): boolean {
  return market.decided + market.unseen > 0;
}
