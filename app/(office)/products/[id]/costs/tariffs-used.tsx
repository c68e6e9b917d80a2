import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ChosenTariffs, Tariff } from "@/lib/costs/model";
import { formatDate } from "@/lib/i18n/dates";
import { formatPercent } from "@/lib/i18n/money";

/** The tariffs the floor was computed with: since when they count, and where they are from. */
export function TariffsUsed({ chosen }: { chosen: ChosenTariffs }) {
  const t = useTranslations("costs.tariffs");
  const locale = useLocale();
  const day = (date: string) => formatDate(new Date(date), { locale, timeZone: "UTC" });
  const { until, ...kinds } = chosen;
  const used = Object.values(kinds).filter((tariff): tariff is Tariff => tariff !== null);
  const value = (tariff: Tariff) =>
    "rate" in tariff.value ? ` ${formatPercent(tariff.value.rate / 100, locale)}` : "";
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-soft">{t("title")}</summary>
      <ul className="mt-2 flex flex-col gap-1">
        {used.map((tariff) => (
          <li key={tariff.id}>
            {t(`kind.${tariff.kind}`)}
            {value(tariff)}{" "}
            <span className="text-ink-soft">
              {t("from", { day: day(tariff.validFrom) })}
              {tariff.storeId !== null && `, ${t("ofStore")}`}
              {tariff.source && `, ${tariff.source}`}
            </span>
          </li>
        ))}
        {used.length === 0 && <li className="text-ink-soft">{t("none")}</li>}
        {until && <li className="text-ink-soft">{t("until", { day: day(until) })}</li>}
        <li>
          <Link href="/settings/tariffs" className="underline underline-offset-4">
            {t("all")}
          </Link>
        </li>
      </ul>
    </details>
  );
}
