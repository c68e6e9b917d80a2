"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { useClock } from "@/components/ui/clock";
import { spanOf } from "@/lib/i18n/spans";
import type { Cadence } from "@/lib/repricing/check/cadence-rules";

type Props = { at: Date; cadence: Cadence };

/** When the market is read next, and why not sooner. */
export function NextCheck({ at, cadence: { why, everyMs } }: Props) {
  const t = useTranslations("products.product.market.next");
  const tSpan = useTranslations("common.span");
  const isDue = at.getTime() <= useClock();
  const { unit, count } = spanOf(everyMs);
  return (
    <p className="text-ink-soft text-sm">
      {isDue ? t("due") : t.rich("at", { when: () => <TimeAgo at={at} /> })}{" "}
      {t(why, { every: tSpan(unit, { count }) })}
    </p>
  );
}
