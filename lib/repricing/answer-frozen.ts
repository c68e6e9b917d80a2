import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { lockProduct } from "@/lib/products/queries";
import { lockFrozen, lockLedger } from "./ledger-queries";
import { moveDecision } from "./publish-queries";
import { setPriceByHand } from "./set-price";

type Question = { productId: string; decisionId: string };

/**
 * A person agrees to the frozen price: it is set by hand, confirmed, and so passes the same limits,
 * gate and budget. Throws `conflict` when the decision no longer waits, else as `setPriceByHand`.
 */
export async function approveFrozen(
  db: Db,
  caller: Caller,
  question: Question,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { price } = await lockQuestion(tx, caller, question);
    const hand = { price, hold: false, confirm: true };
    await setPriceByHand(tx, caller, question.productId, hand, now);
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
  return { storeId, price: decision.price, priceBefore: decision.priceBefore };
}
