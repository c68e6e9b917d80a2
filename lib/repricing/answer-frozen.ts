import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { setStanding } from "@/lib/products/city-queries";
import { lockProduct } from "@/lib/products/queries";
import { subjectOf } from "./check-queries";
import { lockFrozen, lockLedger } from "./ledger-queries";
import { moveDecision } from "./publish-queries";
import { setPriceByHand } from "./set-price";

type Question = { productId: string; decisionId: string };

/**
 * A person agrees to the frozen price: it is set by hand, confirmed, and so passes the same limits,
 * gate and budget. The bot may still rise to where it might before: to agree to a price is not to name
 * the highest one. Throws `conflict` when the decision no longer waits or is for a city the store has
 * left, else as `setPriceByHand`.
 */
export async function approveFrozen(
  db: Db,
  caller: Caller,
  question: Question,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { productId } = question;
    const { price, cityId } = await lockQuestion(tx, caller, question);
    const subject = await subjectOf(tx, productId, cityId);
    if (!subject) throw new AppError("conflict");
    await setPriceByHand(tx, caller, productId, { price, hold: false, confirm: true, cityId }, now);
    const { anchor } = subject;
    if (anchor !== null && anchor > price) await setStanding(tx, subject, { anchor });
  });
}

/**
 * A person refuses the frozen price: nothing is sent, and it is not asked again until the rule or the
 * market changes. Throws `conflict` when the decision no longer waits.
 */
export async function keepPrice(
  db: Db,
  caller: Caller,
  question: Question,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { storeId, price, priceBefore } = await lockQuestion(tx, caller, question);
    await moveDecision(tx, question.decisionId, ["frozen"], {
      state: "refused",
      stateReason: "person_kept",
    });
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      action: "product.price_kept",
      subjectId: question.productId,
      details: { kept: priceBefore, refused: price, decision: question.decisionId },
    });
  });
}

/** The decision still waits for a person, and nobody replaces it before this transaction ends. */
async function lockQuestion(
  tx: Parameters<typeof lockProduct>[0],
  caller: Caller,
  { productId, decisionId }: Question,
) {
  const { storeId } = await lockProduct(tx, caller, productId);
  await lockLedger(tx, storeId);
  const decision = await lockFrozen(tx, productId, decisionId);
  if (!decision || decision.price === null) throw new AppError("conflict");
  const { price, priceBefore, cityId } = decision;
  return { storeId, cityId, price, priceBefore };
}
