import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money";
import type { DeliveryBand } from "@/lib/costs/model";
import { formatMoney, formatNumber } from "@/lib/i18n/money";

/** A table of delivery as it counts. */
export function BandTable({ bands }: { bands: readonly DeliveryBand[] }) {
  const t = useTranslations("costs.page");
  const locale = useLocale();
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t("kind.delivery")}</caption>
      <thead className="text-ink-faint text-xs">
        <tr>
          <th className="py-1.5 text-left font-normal">{t("band.scope")}</th>
          <th className="px-2 py-1.5 text-right font-normal">{t("band.priceFrom")}</th>
          <th className="px-2 py-1.5 text-right font-normal">{t("band.weightTo")}</th>
          <th className="py-1.5 pl-2 text-right font-normal">{t("band.fee")}</th>
        </tr>
      </thead>
      <tbody>
        {bands.map(({ scope, priceFrom, weightTo, fee }) => (
          <tr key={`${scope} ${priceFrom} ${weightTo}`}>
            <td className="border-t py-1">{t(`scope.${scope}`)}</td>
            <td className="border-t px-2 text-right">{formatMoney(priceFrom, locale)}</td>
            <td className="border-t px-2 text-right">
              {weightTo === null
                ? t("band.anyWeight")
                : `${formatNumber(weightTo, locale)} ${t("grams")}`}
            </td>
            <td className="border-t pl-2 text-right">
              <Money amount={fee} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
