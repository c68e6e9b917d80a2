import { isDeepStrictEqual } from "node:util";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { lockProduct } from "@/lib/products/queries";
import { type RuleOverride, ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import type { WarAnswer } from "./answer-model";
import { lockWar, rulesOn, type StoredRule, setAnswer } from "./queries";
import { remedyOf } from "./rules";

/**
 * Changes the rule of a product as a person answers its war: the rest of the rule stays. Priced in
 * several cities, it is the city's rule that changes. Throws `conflict` for a war that was answered
 * already or a product that is not priced there any more, `invalid` for a rule nobody can read.
 */
export async function answerWar(
  db: Tx,
  caller: Caller,
  { warId, answer }: { warId: string; answer: WarAnswer },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const war = await lockWar(tx, caller, warId);
    if (war.answer !== null) throw new AppError("conflict");
    await lockProduct(tx, caller, war.productId, "change_rule");
    const rules = await rulesOn(tx, war);
    if (!rules || rules.price === null) throw new AppError("conflict");
    const isOfCity = rules.cities > 1 || Object.keys(Object(rules.cityRule)).length > 0;
    const cityId = isOfCity ? war.cityId : null;
    const before = readable(isOfCity ? rules.cityRule : rules.rule);
    const after = { ...before, ...remedyOf(answer, rules.price) };
    await setProductRule(tx, caller, war.productId, after, now, cityId);
    const stored = { ruleBefore: { cityId, rule: before }, ruleAfter: { cityId, rule: after } };
    await setAnswer(tx, warId, { answer, answeredAt: now, answeredBy: caller.id, ...stored });
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: war.storeId,
      action: "price_war.answered",
      subjectId: war.productId,
      details: { war: warId, answer, rival: war.rivalId },
    });
  });
}

/**
 * Takes an answer back: the rule is what it was before. Throws `conflict` when there is none, or when
 * somebody has changed the rule since.
 */
export async function takeBackAnswer(
  db: Tx,
  caller: Caller,
  { warId }: { warId: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const war = await lockWar(tx, caller, warId);
    if (war.answer === null) throw new AppError("conflict");
    await lockProduct(tx, caller, war.productId, "change_rule");
    const rules = await rulesOn(tx, war);
    const [before, after] = [war.ruleBefore as StoredRule, war.ruleAfter as StoredRule];
    const present = after.cityId === null ? rules?.rule : rules?.cityRule;
    if (!isDeepStrictEqual(present, after.rule))
      throw new AppError("conflict", "rule_changed_since");
    await setProductRule(tx, caller, war.productId, readable(before.rule), now, before.cityId);
    const none = { answer: null, answeredAt: null, answeredBy: null };
    await setAnswer(tx, warId, { ...none, ruleBefore: null, ruleAfter: null });
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: war.storeId,
      action: "price_war.answer_taken_back",
      subjectId: war.productId,
      details: { war: warId, answer: war.answer },
    });
  });
}

function readable(rule: unknown): RuleOverride {
  const { data } = ruleOverrideSchema.safeParse(rule);
  if (!data) throw new AppError("invalid", "rule_unreadable");
  return data;
}
