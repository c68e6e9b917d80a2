import { z } from "zod";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import { decisionText, stateText } from "@/lib/repricing/decide/reason-text";
import type { HistoryEntry } from "@/lib/repricing/ledger/history-queries";

const price = z.int().min(0).nullable();
const moment = z.iso.datetime();

/** A decision with all that led to it. */
export const decisionAnswer = z
  .object({
    id: z.uuid(),
    city_id: z.string(),
    kind: z.enum(["change", "hold", "skip"]),
    origin: z.enum(["bot", "manual", "undo"]),
    reason: z.string(),
    text: z.string().describe("Why, in the caller's language"),
    params: z.record(z.string(), z.unknown()).describe("The numbers of the reason"),
    trail: z.array(z.unknown()).describe("Each step that moved the price"),
    price_before: price,
    price: price.describe("What it was to become; null when nothing was to change"),
    dry_run: z.boolean(),
    state: z.string(),
    state_text: z.string().describe("What became of it, in the caller's language"),
    by: z.string().nullable().describe("Who set it; null: the bot"),
    at: moment,
    sent_at: moment.nullable(),
    confirmed_at: moment.nullable(),
  })
  .meta({ id: "Decision" });

export function toDecisionAnswer(
  entry: HistoryEntry & { cityId: string },
  t: Translator,
  locale: Locale,
): z.input<typeof decisionAnswer> {
  return {
    id: entry.id,
    city_id: entry.cityId,
    kind: entry.kind,
    origin: entry.origin,
    reason: entry.reason,
    text: decisionText(t, locale, entry),
    params: entry.params,
    trail: Array.isArray(entry.trail) ? entry.trail : [],
    price_before: entry.priceBefore,
    price: entry.price,
    dry_run: entry.dryRun,
    state: entry.state,
    state_text: stateText(t, locale, entry),
    by: entry.actorName,
    at: entry.decidedAt.toISOString(),
    sent_at: entry.sentAt?.toISOString() ?? null,
    confirmed_at: entry.confirmedAt?.toISOString() ?? null,
  };
}
