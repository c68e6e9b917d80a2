import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { setStanding } from "@/lib/products/city-queries";
import { lockProduct } from "@/lib/products/queries";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import { storeRule } from "@/lib/stores/queries";
import { appendByPerson } from "./by-person";
import { judgeManualPrice } from "./manual-rules";

type HandPrice = {
  price: Tenge;
  /** Keep the bot from changing it until released; absent: as it was. */
  hold?: boolean | undefined;
  /** The person has seen how large the change is. */
  confirm: boolean;
  /** Absent: the leading one. */
  cityId?: string | undefined;
};

const byHand = { origin: "manual", reason: "set_by_hand", runId: null } as const;

/**
 * A price set by a person, ₸: saved as a decision and sent through the same gate and budget as the
 * bot's. Throws `invalid` outside the floor and ceiling that are set or for goods that are not on sale,
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
    const product = await lockProduct(tx, caller, productId, "change_price");
    const subject = await subjectOf(tx, productId, now, hand.cityId ?? null);
    if (!subject || !product.onSale) throw new AppError("invalid", "not_on_sale");
    const current = subject.inFlightPrice ?? subject.shownPrice;
    const { rule } = ruleOf(await storeRule(tx, product.storeId), subject);
    const { freeze, ceiling } = rule;
    const floor = rule.floor ?? subject.floor;
    requireMeant({ price: hand.price, floor, ceiling, current, freeze }, hand.confirm);
    const { hold = subject.manualLock } = hand;
    const by = { ...byHand, storeId: product.storeId, by: caller.id };
    const { anchor } = subject;
    const anchorNext = hand.price;
    const wanted = { productId, cityId: subject.cityId, price: hand.price, current };
    const [decisionId = ""] = await appendByPerson(
      tx,
      by,
      [{ ...wanted, floor: subject.floor, ceiling, anchor, anchorNext }],
      now,
    );
    await setStanding(tx, subject, { manualLock: hold });
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.price_set",
      subjectId: productId,
      details: { before: current, after: hand.price, hold, cityId: subject.cityId },
    });
    await emit(tx, [events.publishRequested.create({ storeId: product.storeId })]);
    return decisionId;
  });
}

/** Throws what speaks against a typed price: `invalid`, and `confirmation_needed` unless it is meant. */
export function requireMeant(
  typed: Parameters<typeof judgeManualPrice>[0],
  isMeant: boolean,
): void {
  const verdict = judgeManualPrice(typed);
  const { price, floor, ceiling, current } = typed;
  const params = { price, floor: floor ?? 0, ceiling: ceiling ?? 0, current: current ?? 0 };
  if (verdict.kind === "refuse")
    throw new AppError("invalid", verdict.key, {
      params,
      details: [{ path: "price", message: verdict.key }],
    });
  if (verdict.kind === "confirm" && !isMeant)
    throw new AppError("confirmation_needed", verdict.key, { params });
}
