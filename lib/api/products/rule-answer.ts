import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { kaspiAccess } from "@/lib/exits/access";
import type { Translator } from "@/lib/i18n/translator";
import { decisionText } from "@/lib/repricing/decide/reason-text";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";

const price = z.int().min(0).nullable();

export const ruleAnswer = z
  .object({
    product_id: z.uuid(),
    rule: ruleOverrideSchema.required().describe("As it counts, the store's rule beneath it"),
    own: ruleOverrideSchema.describe("What the product says itself"),
    min_price: price.describe("The floor that counts, also one from cost"),
    max_price: price.describe("The highest price the bot may set now"),
    decision: z
      .object({ kind: z.string(), reason: z.string(), text: z.string(), price })
      .nullable()
      .describe("On the market as last read; null: it was never read"),
    observed_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Rule" });

/** Nothing is read of Kaspi and nothing saved. Throws `not_found`. */
export async function readRuleAnswer(caller: Caller, productId: string, t: Translator) {
  const { db, clock } = kaspiAccess();
  const preview = await previewRule(db, caller, productId, clock());
  const { decision, market, override, ceiling } = preview;
  const { enabled: _enabled, floor, ceiling: _typed, gaps: _gaps, ...rest } = preview.rule;
  const { ceilingFromCost: _fromCost, ...rule } = rest;
  return {
    product_id: productId,
    rule,
    own: override,
    min_price: floor,
    max_price: ceiling,
    decision: decision && {
      kind: decision.kind,
      reason: decision.reason,
      text: decisionText(t, caller.locale, decision),
      price: decision.kind === "change" ? decision.price : null,
    },
    observed_at: market?.seenAt.toISOString() ?? null,
  };
}
