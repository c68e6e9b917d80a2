"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Notice } from "@/components/ui/notice";
import { useCounted } from "@/components/use-counted";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { MarketForecast as Forecast } from "@/lib/repricing/forecast/forecast-model";

/** What changed rules would make of the prices, on the markets as last seen. */
export function MarketForecast({ forecast }: { forecast: Forecast }) {
  const t = useTranslations("rule.forecast");
  const { decided, seenSince } = forecast;
  return (
    <section aria-live="polite" aria-label={t("title")} className="flex flex-col gap-3">
      <div>
        <h3 className="font-semibold">{t("title")}</h3>
        <p className="text-ink-faint text-sm">
          {t("asSeen")}{" "}
          {seenSince !== null &&
            t.rich("oldest", { when: () => <TimeAgo at={new Date(seenSince)} /> })}
        </p>
      </div>
      {decided === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <ForecastFigures forecast={forecast} />
      )}
      <Deepest deepest={forecast.deepest} />
      <LeftAlone forecast={forecast} />
    </section>
  );
}

function ForecastFigures({ forecast }: { forecast: Forecast }) {
  const t = useTranslations("rule.forecast");
  const locale = useLocale();
  const { up, down, first, decided } = forecast;
  const number = (count: number) => formatNumber(count, locale);
  const by = (count: number, sum: number) =>
    count > 0 &&
    t("byEach", {
      each: formatMoney(Math.round(sum / count), locale),
      all: formatMoney(sum, locale),
    });
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-md bg-sunken px-3 py-2 sm:grid-cols-3">
      <Figure label={t("moves")}>
        {t("ofDecided", { moves: number(up + down), decided: number(decided) })}
      </Figure>
      <Figure label={t("down")} note={by(down, forecast.fallsBy)}>
        {number(down)}
      </Figure>
      <Figure label={t("up")} note={by(up, forecast.risesBy)}>
        {number(up)}
      </Figure>
      <Figure label={t("first")}>
        {t("fromTo", { before: number(first.before), after: number(first.after) })}
      </Figure>
      <Figure label={t("blocked")}>{number(forecast.blocked)}</Figure>
      <Figure label={t("frozen")}>{number(forecast.frozen)}</Figure>
      <ProfitFigure profit={forecast.profit} />
    </dl>
  );
}

function ProfitFigure({ profit }: Pick<Forecast, "profit">) {
  const t = useTranslations("rule.forecast");
  const locale = useLocale();
  const counted = useCounted();
  const { products, before, after } = profit;
  if (products === 0) return null;
  const each = (sum: number) => formatMoney(Math.round(sum / products), locale);
  return (
    <Figure label={t("profit")} note={t("profitOf", counted(products))} isWide>
      {t("fromTo", { before: each(before), after: each(after) })}
    </Figure>
  );
}

type FigureProps = { label: string; note?: ReactNode; isWide?: boolean; children: ReactNode };

function Figure({ label, note, isWide = false, children }: FigureProps) {
  return (
    <div className={isWide ? "col-span-full" : undefined}>
      <dt className="text-ink-soft text-xs">{label}</dt>
      <dd className="font-semibold">{children}</dd>
      {note && <dd className="text-ink-soft text-xs">{note}</dd>}
    </div>
  );
}

function Deepest({ deepest }: Pick<Forecast, "deepest">) {
  const t = useTranslations("rule.forecast");
  const locale = useLocale();
  if (!deepest) return null;
  const { name, price, to, percent } = deepest;
  return (
    <Notice tone="amber">
      {t("deepest", {
        name,
        price: formatMoney(price, locale),
        to: formatMoney(to, locale),
        percent: formatNumber(percent, locale),
      })}
    </Notice>
  );
}

/** Prices nothing can be said of, with the reason. */
function LeftAlone({ forecast: { skipped, unseen } }: { forecast: Forecast }) {
  const t = useTranslations("rule.forecast");
  const locale = useLocale();
  const counted = useCounted();
  const skips = Object.entries(skipped) as [keyof typeof skipped, number][];
  const said = skips.map(([reason, count]) =>
    t("one", { count: formatNumber(count, locale), why: t(`skipped.${reason}`) }),
  );
  if (said.length === 0 && unseen === 0) return null;
  return (
    <p className="text-ink-soft text-sm">
      {said.length > 0 && t("left", { list: said.join("; ") })}{" "}
      {unseen > 0 && `${t("unseen", counted(unseen))}.`}
    </p>
  );
}
