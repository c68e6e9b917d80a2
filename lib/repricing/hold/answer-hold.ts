import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { resolveNotice } from "@/lib/notices/queries";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { saveAnswers } from "./answer-queries";
import { lockWideChange, tryAnew, updateWideChange, type WideChange } from "./canary-queries";
import { closeHold, findHold, lockHold, moveHeld, type PriceHold } from "./hold-queries";

/**
 * A person lets go what was held: each change is judged by the gate with fresh rows, as ever. What has
 * grown old is decided again, and may go as far as the person has seen. Returns how many they are.
 * Throws `not_found`, or `conflict` when the hold was answered.
 */
export function releaseHold(
  db: Db,
  caller: Caller,
  holdId: string,
  now: Date,
): Promise<{ count: number }> {
  return db.transaction(async (tx) => {
    const { hold, trial } = await lockQuestion(tx, caller, holdId);
    const held = await moveHeld(tx, holdId, { state: "pending", stateReason: null });
    await saveAnswers(tx, held, { answer: "agreed", answeredBy: caller.id }, now);
    if (trial) await updateWideChange(tx, trial.id, { state: "passed", endedAt: now });
    await close(tx, caller, hold, "released", held.length, now);
    await emit(tx, [events.publishRequested.create({ storeId: hold.storeId })]);
    return { count: held.length };
  });
}

/**
 * A person refuses what was held: nothing of it is sent, and no price that goes as far, until the seller
 * changes something the prices rest on. Rules that have failed their trial are tried out anew. Returns
 * how many changes they are. Throws `not_found`, or `conflict` when the hold was answered.
 */
export function rejectHold(
  db: Db,
  caller: Caller,
  holdId: string,
  now: Date,
): Promise<{ count: number }> {
  return db.transaction(async (tx) => {
    const { hold, trial } = await lockQuestion(tx, caller, holdId);
    const held = await moveHeld(tx, holdId, { state: "refused", stateReason: "person_kept" });
    await saveAnswers(tx, held, { answer: "refused", answeredBy: caller.id }, now);
    if (trial) await tryAnew(tx, trial, now);
    await close(tx, caller, hold, "rejected", held.length, now);
    return { count: held.length };
  });
}

/** The hold and, of a failed trial, what was tried out; locked in the order everybody locks them in. */
async function lockQuestion(
  tx: Tx,
  caller: Caller,
  holdId: string,
): Promise<{ hold: PriceHold; trial: WideChange | null }> {
  const seen = await findHold(tx, caller, holdId);
  await lockLedger(tx, seen.storeId);
  const trial = await lockWideChange(tx, seen.storeId);
  const hold = await lockHold(tx, holdId);
  if (hold.answer !== null) throw new AppError("conflict");
  return { hold, trial: trial?.id === hold.wideChangeId ? trial : null };
}

async function close(
  tx: Tx,
  caller: Caller,
  { id, storeId, kind }: PriceHold,
  answer: "released" | "rejected",
  count: number,
  now: Date,
): Promise<void> {
  await closeHold(tx, id, { answer, answeredAt: now, answeredBy: caller.id });
  await resolveNotice(tx, kind === "breaker" ? "prices_held" : "canary_failed", storeId, now);
  await audit(tx, {
    at: now,
    userId: caller.id,
    storeId,
    action: answer === "released" ? "prices.released" : "prices.rejected",
    subjectId: id,
    details: { kind, count },
  });
}
