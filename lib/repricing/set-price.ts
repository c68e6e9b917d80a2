import { randomUUID } from "node:crypto";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { setStanding } from "@/lib/products/city-queries";
import { lockProduct } from "@/lib/products/queries";
import { storeRule } from "@/lib/stores/queries";
import { ruleOf, sha256 } from "./check-products";
import { type CheckSubject, subjectOf } from "./check-queries";
import { lockLedger, moveLedger, setLastDecision, supersedeUnsent } from "./ledger-queries";
import { canonicalJson, type LedgerEntry, sealEntry } from "./ledger-rules";
import { judgeManualPrice } from "./manual-rules";
import { RULES_VERSION } from "./rules";
import { insertDecisions } from "./save-queries";

type HandPrice = {
  price: Tenge;
  /** Keep the bot from changing it until released. */
  hold: boolean;
  /** The person has seen how large the change is. */
  confirm: boolean;
  /** Absent: the leading one. */
  cityId?: string | undefined;
};

/**
 * A price set by a person, ₸: saved as a decision and sent through the same gate and budget as the
 * bot's. Throws `invalid` outside the typed floor and ceiling or for goods that are not on sale,
 * `confirmation_needed` for a change beyond the freeze percentage. Returns the decision's id.
 */
export async function setPriceByHand(
  db: Tx,
  caller: Caller,
  productId: string,
  hand: HandPrice,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId);
    const subject = await subjectOf(tx, productId, hand.cityId ?? null);
    if (!subject || !product.onSale) throw new AppError("invalid", "not_on_sale");
    const current = subject.inFlightPrice ?? subject.shownPrice;
    const { rule } = ruleOf(await storeRule(tx, product.storeId), subject);
    const { freeze } = rule;
    const floor = rule.floor ?? subject.floor;
    const { ceiling } = subject;
    const verdict = judgeManualPrice({ price: hand.price, floor, ceiling, current, freeze });
    const params = {
      price: hand.price,
      floor: floor ?? 0,
      ceiling: ceiling ?? 0,
      current: current ?? 0,
    };
    if (verdict.kind === "refuse")
      throw new AppError("invalid", verdict.key, {
        params,
        details: [{ path: "price", message: verdict.key }],
      });
    if (verdict.kind === "confirm" && !hand.confirm)
      throw new AppError("confirmation_needed", verdict.key, { params });

    const decision = { price: hand.price, current };
    const decisionId = await appendManual(tx, caller, product.storeId, subject, decision, now);
    await setStanding(tx, subject, { anchor: hand.price, manualLock: hand.hold });
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.price_set",
      subjectId: productId,
      details: { before: current, after: hand.price, hold: hand.hold, cityId: subject.cityId },
    });
    await emit(tx, [events.publishRequested.create({ storeId: product.storeId })]);
    return decisionId;
  });
}

async function appendManual(
  tx: Tx,
  caller: Caller,
  storeId: string,
  subject: CheckSubject,
  { price, current }: { price: Tenge; current: Tenge | null },
  now: Date,
): Promise<string> {
  const { productId, cityId, floor, ceiling, anchor } = subject;
  const head = await lockLedger(tx, storeId);
  await supersedeUnsent(tx, [{ productId, cityId }], {
    origins: ["bot", "manual", "undo"],
  });
  const outcome = {
    kind: "change",
    reason: "set_by_hand",
    price,
    params: { price },
    trail: [],
  } as const;
  const entry: LedgerEntry = {
    storeId,
    productId,
    cityId,
    seq: head.seq + 1,
    origin: "manual",
    decidedAt: now,
    rulesVersion: RULES_VERSION,
    inputs: canonicalJson({ now, by: caller.id, current, floor, ceiling, anchor }),
    outcome: { ...outcome, trail: [] },
  };
  const seal = sealEntry(entry, head.hash, sha256);
  const { outcome: _outcome, ...identity } = entry;
  const id = randomUUID();
  const actorId = caller.id;
  const expiresAt = later(now, DAY);
  await insertDecisions(tx, [
    {
      id,
      ...identity,
      ...seal,
      ...outcome,
      trail: [],
      actorId,
      priceBefore: current,
      state: "pending",
      expiresAt,
    },
  ]);
  await moveLedger(tx, storeId, { seq: entry.seq, hash: seal.hash });
  await setLastDecision(tx, { productId, cityId }, id);
  return id;
}
