"use client";

import { useTranslations } from "next-intl";
import { MarketForecast } from "./market-forecast";
import type { RuleLook } from "./rule-look";

/** What would come of a rule: of one price in a sentence, of several in numbers. */
export function RuleLookPanel({ look: { sentence, market } }: { look: RuleLook }) {
  const t = useTranslations("rule.forecast");
  const prices = market.decided + market.unseen;
  if (sentence === null || prices > 1) return <MarketForecast forecast={market} />;
  return (
    <section aria-live="polite" aria-label={t("title")}>
      <h3 className="font-semibold">{t("title")}</h3>
      <p>{sentence}</p>
      <p className="text-ink-faint text-sm">{t("asSeen")}</p>
    </section>
  );
}
