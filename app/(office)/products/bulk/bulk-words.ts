import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, formatPercent } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { type BulkChange, bulkChangeSchema } from "@/lib/repricing/bulk/bulk-model";
import type { lastBulk } from "@/lib/repricing/bulk/bulk-queries";
import { toProgress } from "@/lib/runs/model";
import type { BulkNews } from "./bulk-outcome";

type LastBulk = NonNullable<Awaited<ReturnType<typeof lastBulk>>>;

/** The last bulk change as the page tells of it. */
export function bulkNews(t: Translator, locale: Locale, bulk: LastBulk): BulkNews {
  const what = bulkWords(t, locale, bulkChangeSchema.parse(bulk.change));
  return {
    run: toProgress(bulk.run),
    what: bulk.undoes === null ? what : t("list.bulk.what.undo", { what }),
    mayUndo: !bulk.isUndone,
  };
}

/** A bulk change in words: «Минимум 85 % от цены». */
export function bulkWords(t: Translator, locale: Locale, change: BulkChange): string {
  switch (change.kind) {
    case "bot":
      return t(`list.bulk.what.${change.enabled ? "on" : "off"}`);
    case "strategy":
      return t("list.bulk.what.strategy", {
        value: t(`list.bulk.strategy.${change.strategy ?? "store"}`),
      });
    case "floorFromCost": {
      const how = change.on === null ? "Store" : change.on ? "On" : "Off";
      return t(`list.bulk.what.floorFromCost${how}`);
    }
    case "rule":
      return t("list.bulk.what.rule", { count: Object.keys(change.rule).length });
    case "copy":
      return t(`list.bulk.what.${change.from === null ? "copyStore" : "copy"}`);
    case "step":
      return change.step === null
        ? t("list.bulk.what.stepClear")
        : t("list.bulk.what.step", { value: amount(locale, change.step) });
    default:
      return limitWords(t, locale, change);
  }
}

type LimitChange = Extract<BulkChange, { kind: "floor" | "ceiling" }>;

function limitWords(t: Translator, locale: Locale, { kind, to }: LimitChange): string {
  if (to === null) return t(`list.bulk.what.${kind}Clear`);
  const share = to.unit === "percent" ? "Share" : "";
  return t(`list.bulk.what.${kind}${share}`, { value: amount(locale, to) });
}

function amount(locale: Locale, { unit, value }: { unit: "tenge" | "percent"; value: number }) {
  return unit === "tenge" ? formatMoney(value, locale) : formatPercent(value, locale);
}
