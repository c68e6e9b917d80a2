"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { MarketForecast } from "./market-forecast";
import type { RuleLook } from "./rule-look";

/** What would come of a rule: of one price in a sentence, of several in numbers. */
export function RuleLookPanel({ look }: { look: RuleLook }) {
  const place = useRef<HTMLDivElement>(null);
  // It comes under a long form: what was asked for comes into view.
  useEffect(() => {
    if (look) place.current?.scrollIntoView({ block: "nearest" });
  }, [look]);
  const { sentence, market } = look;
  const prices = market.decided + market.unseen;
  return (
    <div ref={place}>
      {sentence === null || prices > 1 ? (
        <MarketForecast forecast={market} />
      ) : (
        <OnePrice sentence={sentence} />
      )}
    </div>
  );
}

function OnePrice({ sentence }: { sentence: string }) {
  const t = useTranslations("rule.forecast");
  return (
    <section aria-live="polite" aria-label={t("title")}>
      <h3 className="font-semibold">{t("title")}</h3>
      <p>{sentence}</p>
      <p className="text-ink-faint text-sm">{t("asSeen")}</p>
    </section>
  );
}
