import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Db, Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { lockProduct } from "@/lib/products/queries";
import type { Check } from "@/lib/repricing/check/check-products";
import { repriceOne } from "@/lib/repricing/check/reprice-store";
import type { PriceDecision } from "@/lib/repricing/decide/model";
import type { Reason, ReasonParams, UnseenWhy } from "@/lib/repricing/decide/reason-model";
import { makeProductsDue } from "@/lib/repricing/send/publish-queries";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import { forgetAgreed, saveAnswers } from "./answer-queries";
import { type FrozenQuestion, lockFrozen, moveFrozen } from "./frozen-queries";

/** What the market of this moment has made of a person's yes. */
export type FrozenAnswer =
  | { kind: "changes"; price: Tenge }
  /** The market wants more than was agreed to: it is asked again. */
  | { kind: "frozen_anew"; wanted: Tenge; approved: Tenge }
  /** The market could not be read; the yes stands for a day, or until it is. */
  | { kind: "unread"; why: UnseenWhy }
  | { kind: "stays"; reason: Reason; params: ReasonParams };

/**
 * A person agrees to a frozen price: its market is read now and decided again, and this once neither
 * freeze nor the step guards stop a change that goes no further than what the person has seen. Throws
 * `conflict` when the question has gone or its store is on pause, `not_found` when it is somebody else's.
 */
export async function approveFrozen(
  access: KaspiAccess,
  caller: Caller,
  question: { productId: string; decisionId: string },
  signal?: AbortSignal,
): Promise<FrozenAnswer> {
  const now = access.clock();
  const frozen = await access.db.transaction(async (tx) => {
    const asked = await lockOne(tx, caller, question);
    if (!(await storeAtWork(tx, asked.storeId))) throw onPause();
    await agree(tx, caller, [asked], now);
    return asked;
  });
  const { productId, cityId, price: approved } = frozen;
  const by = "approve_decision";
  const check = await repriceOne(access, caller, productId, { cityId, by, signal });
  if (!check) {
    // Paused a moment ago: a yes to this market is none to that of another day.
    await access.db.transaction((tx) => forgetAgreed(tx, [frozen]));
    throw onPause();
  }
  return outcomeOf(check, approved);
}

const onPause = () => new AppError("conflict", "store_paused");

/**
 * A person agrees to many frozen prices: their products are due at once, and each is decided on its own
 * fresh market as a single one is. Those whose question has gone, or is not theirs, are left alone.
 */
export function approveManyFrozen(
  db: Db,
  caller: Caller,
  decisionIds: string[],
  now: Date,
): Promise<{ accepted: number; gone: number }> {
  return db.transaction(async (tx) => {
    const asked = await lockFrozen(tx, caller, decisionIds);
    const productIds = asked.map(({ productId }) => productId);
    await makeProductsDue(tx, productIds, now);
    await agree(tx, caller, asked, now);
    const stores = new Set(asked.map(({ storeId }) => storeId));
    await emit(
      tx,
      [...stores].map((storeId) => events.repriceRequested.create({ storeId })),
    );
    return { accepted: asked.length, gone: decisionIds.length - asked.length };
  });
}

/**
 * A person refuses the frozen price: nothing is sent, and it is not asked again until the rule or the
 * market changes. Throws `conflict` when the question has gone, `not_found` when it is somebody else's.
 */
export async function keepPrice(
  db: Db,
  caller: Caller,
  question: { productId: string; decisionId: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => keep(tx, caller, [await lockOne(tx, caller, question)], now));
}

/** The same for many; those whose question has gone, or is not theirs, are left alone. */
export function keepManyPrices(
  db: Db,
  caller: Caller,
  decisionIds: string[],
  now: Date,
): Promise<{ kept: number; gone: number }> {
  return db.transaction(async (tx) => {
    const asked = await lockFrozen(tx, caller, decisionIds);
    await keep(tx, caller, asked, now);
    return { kept: asked.length, gone: decisionIds.length - asked.length };
  });
}

async function lockOne(
  tx: Tx,
  caller: Caller,
  { productId, decisionId }: { productId: string; decisionId: string },
): Promise<FrozenQuestion> {
  await lockProduct(tx, caller, productId, "approve_decision");
  const [asked] = await lockFrozen(tx, caller, [decisionId]);
  if (asked?.productId !== productId) throw new AppError("conflict");
  return asked;
}

async function agree(tx: Tx, caller: Caller, asked: FrozenQuestion[], now: Date): Promise<void> {
  await saveAnswers(tx, asked, { answer: "agreed", answeredBy: caller.id }, now);
  await writeDown(tx, caller, asked, "product.price_approved", now);
}

async function keep(tx: Tx, caller: Caller, asked: FrozenQuestion[], now: Date): Promise<void> {
  await moveFrozen(
    tx,
    asked.map(({ id }) => id),
    { state: "refused", stateReason: "person_kept" },
  );
  // Somebody may have agreed before, and the market not have been read since.
  await forgetAgreed(tx, asked);
  await writeDown(tx, caller, asked, "product.price_kept", now);
}

async function writeDown(
  tx: Tx,
  caller: Caller,
  asked: FrozenQuestion[],
  action: "product.price_approved" | "product.price_kept",
  now: Date,
): Promise<void> {
  const entries = asked.map(({ id, storeId, productId, price, priceBefore }) => ({
    at: now,
    userId: caller.id,
    storeId,
    action,
    subjectId: productId,
    details: { current: priceBefore, wanted: price, decision: id },
  }));
  await audit(tx, ...entries);
}

function outcomeOf({ decision, input }: Check, approved: Tenge): FrozenAnswer {
  if (decision.kind === "change") return { kind: "changes", price: decision.price };
  if (wantsMore(decision)) return { kind: "frozen_anew", wanted: decision.wanted, approved };
  const { market } = input;
  if (market.kind === "unseen" && decision.kind === "hold")
    return { kind: "unread", why: market.why };
  return { kind: "stays", reason: decision.reason, params: decision.params };
}

const wantsMore = (
  decision: PriceDecision,
): decision is Extract<PriceDecision, { reason: "anomaly_frozen" }> =>
  decision.reason === "anomaly_frozen";
