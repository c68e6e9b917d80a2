import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { spanOf } from "@/lib/i18n/spans";
import type { Translator } from "@/lib/i18n/translator";
import type { PricingRunView } from "@/lib/ledger/run-queries";

/** A check of prices as a row of the list. */
export type PricingRunLine = Pick<PricingRunView, "id" | "startedAt" | "dryRun"> & {
  /** Null where all are of one store. */
  store: string | null;
  trigger: string;
  checked: string;
  changes: string;
  unread: string | null;
  held: string | null;
  /** Null while it goes on. */
  took: string | null;
  isQuiet: boolean;
};

type Reader = { t: Translator; locale: Locale; severalStores: boolean };

export function pricingRunLine(
  run: PricingRunView,
  { t, locale, severalStores }: Reader,
): PricingRunLine {
  const number = (count: number) => formatNumber(count, locale);
  const some = (count: number) => (count > 0 ? number(count) : null);
  const { id, startedAt, finishedAt, dryRun, storeName, checked, changes, unread } = run;
  const waits = run.held + run.frozen;
  return {
    id,
    startedAt,
    dryRun,
    store: severalStores ? storeName : null,
    trigger: triggerText(t, run),
    checked: number(checked),
    changes: number(changes),
    unread: some(unread),
    held: some(waits),
    took: finishedAt && tookText(t, startedAt, finishedAt),
    isQuiet: changes + unread + waits === 0,
  };
}

/** Why it began, and by whom. */
export function triggerText(t: Translator, { trigger, by }: PricingRunView): string {
  const why = t(`ledger.runs.trigger.${trigger}`);
  return by ? `${why}, ${by}` : why;
}

export function tookText(t: Translator, from: Date, to: Date): string {
  const span = spanOf(to.getTime() - from.getTime());
  return t(`common.span.${span.unit}`, { count: span.count });
}
