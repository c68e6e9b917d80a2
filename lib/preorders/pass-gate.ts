import { later, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { wasLocked } from "@/lib/db/patient";
import type { KaspiAccess } from "@/lib/exits/access";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import type { SalePrice } from "@/lib/kaspi/preorder-body";
import { takeBudget } from "@/lib/repricing/send/budget-queries";
import { pricedCitiesOf } from "@/lib/repricing/send/exit-lock-queries";
import { listSettlesUntil } from "@/lib/repricing/send/feed-queries";
import { isStopped, restOf } from "@/lib/repricing/send/pass-exit";
import { priceRefusal } from "@/lib/repricing/send/price-refusal";
import { judgeLeaving, type LeavingVerdict } from "./gate-rules";
import { reachGoal } from "./reach-goal";
import { refusePreorder } from "./refuse-preorder";
import { isShown, type Wish, wishOf } from "./rules";
import {
  deferWanted,
  lockForLeaving,
  movePreorder,
  openPointIds,
  type Wanted,
} from "./work-queries";

/** A change of somebody else is on its way at Kaspi: look again after this. */
const PENDING_AT_KASPI_MS = 30 * SECOND;
const FIRST_LOOK_MS = 10 * SECOND;

export type Passed =
  /**
   * Marked as being sent, its budget taken: it must be sent now. `price`: that puts goods on sale. `had`: what
   * it knew before, to be put back if nothing leaves.
   */
  | { kind: "pass"; wish: Wish; price: SalePrice | null; sendingAt: Date; had: Known }
  /** Refused, made to wait or at its goal already; the row says why. */
  | { kind: "kept" }
  | { kind: "read_again" }
  /** Somebody else is at work on the product. */
  | { kind: "busy" }
  /** Nothing of the store may leave now. */
  | { kind: "stop" };

type Input = { accountId: string; preorder: Wanted; fresh: OwnOffer | null; readAt: Date };
type BudgetSpent = { kind: "budget_spent"; until: Date };

/**
 * The gate of preorders: judges a write by rows read in the transaction that marks it as being sent and
 * takes its budget entry. Goods on sale keep the prices they show; a price that puts goods on sale is
 * judged as a person's price.
 */
export async function passGate(access: KaspiAccess, input: Input): Promise<Passed> {
  const result = await judgeAndMark(access, input).catch((error): { kind: "busy" } => {
    if (wasLocked(error)) return { kind: "busy" };
    throw error;
  });
  if (result.kind !== "budget_spent") return result;
  await deferWanted(access.db, input.preorder.storeId, {
    stateReason: "rate_budget_deferred",
    notBefore: result.until,
  });
  return { kind: "stop" };
}

function judgeAndMark(access: KaspiAccess, input: Input): Promise<Passed | BudgetSpent> {
  const { accountId, preorder } = input;
  return access.db.transaction(async (tx): Promise<Passed | BudgetSpent> => {
    const { id, productId } = preorder;
    const rows = await lockForLeaving(tx, { accountId, id, productId });
    if (!rows) return { kind: "kept" };
    const now = access.clock();
    const rest = restOf(rows.store);
    if (rest) await deferWanted(tx, rows.store.id, { stateReason: rest, notBefore: null });
    const { writesBlockedUntil } = rows.login;
    if (rest || (writesBlockedUntil && writesBlockedUntil > now)) return { kind: "stop" };
    // A list that Kaspi has begun to work on since this batch began would undo what is written now.
    const settles = await listSettlesUntil(tx, rows.store.id, now);
    if (settles) {
      await deferWanted(tx, rows.store.id, { stateReason: "list_settles", notBefore: settles });
      return { kind: "stop" };
    }
    const wish = wishOf(rows.preorder, input.fresh ?? { onSale: false, availabilities: null });
    const price = await salePrice(tx, rows, input.fresh);
    const verdict = await judge(tx, rows, { ...input, wish, price }, now);
    if (verdict.kind === "pass") return startSending(tx, rows, { ...input, wish, price }, now);
    return keep(tx, rows, verdict, { ...input, wish }, now);
  });
}

/** Of goods off sale: the price they come on sale with, and where; null: they are on sale. */
async function salePrice(
  tx: Tx,
  { preorder: { price }, product }: Rows,
  fresh: OwnOffer | null,
): Promise<SalePrice | null> {
  if (fresh?.onSale) return null;
  const priced = (await pricedCitiesOf(tx, product.id)).map(({ cityId }) => cityId);
  const named = fresh?.cityPrices?.map(({ cityId }) => cityId);
  return { price, cityIds: priced.filter((cityId) => named?.includes(cityId) ?? true) };
}

type Rows = NonNullable<Awaited<ReturnType<typeof lockForLeaving>>>;

async function judge(
  tx: Tx,
  { preorder, product, store, settings }: Rows,
  { accountId, fresh, readAt, wish, price }: Input & { wish: Wish; price: SalePrice | null },
  now: Date,
): Promise<LeavingVerdict> {
  const known = await openPointIds(tx, store.id);
  const isEnding = preorder.ending !== null;
  const own = preorder.points.filter(({ quantity }) => quantity > 0);
  return judgeLeaving({
    now,
    sendingStopped: isStopped(store, settings, accountId),
    readAt,
    kaspi: fresh,
    isShown: isShown(wish, fresh) || (isEnding && preorder.before === null),
    isEnding,
    knowsPoints: own.every(({ pointId }) => known.has(pointId)),
    priceRefusal: price
      ? await refusalOf(tx, { store, product, fresh }, price, now)
      : fresh && withoutPrice(fresh),
  });
}

/** Judged is what is sent: where Kaspi has prices by city, in no other of them. */
async function refusalOf(
  tx: Tx,
  { store, product, fresh }: Pick<Rows, "store" | "product"> & { fresh: OwnOffer | null },
  { price, cityIds }: SalePrice,
  now: Date,
): Promise<string | null> {
  if (fresh?.cityPrices && cityIds.length === 0) return "no_price";
  return priceRefusal(tx, { store, product, cityIds }, price, now);
}

/** What it shows is repeated: there must be something. */
const withoutPrice = ({ cityPrices, price }: OwnOffer) =>
  cityPrices === null && price === null ? "no_price" : null;

async function startSending(
  tx: Tx,
  { login, preorder, settings }: Rows,
  { fresh, wish, price }: { fresh: OwnOffer | null; wish: Wish; price: SalePrice | null },
  now: Date,
): Promise<Passed | BudgetSpent> {
  const { writesPerWindow: perWindow, writeWindowMinutes: windowMinutes } = settings;
  const budget = { login: login.name, decisionId: null, perWindow, windowMinutes };
  const empty = await takeBudget(tx, budget, now);
  if (empty) return { kind: "budget_spent", until: empty.freeAt };
  const { touched, before } = preorder;
  await movePreorder(tx, preorder.id, {
    ...{ why: null, notBefore: null, wantedAt: null },
    ...{ sendingAt: now, lookAt: later(now, FIRST_LOOK_MS), looks: 0, wish },
    ...knownFrom(preorder, wish, fresh),
  });
  return { kind: "pass", wish, price, sendingAt: now, had: { touched, before } };
}

type Known = Pick<Wanted, "touched" | "before">;

/** What an ending will put back: the points it has taken, and how they were before the first of it. */
function knownFrom({ touched, before }: Known, wish: Wish, fresh: OwnOffer | null): Known {
  const ids = wish.points.map(({ pointId }) => pointId);
  return { touched: [...new Set([...touched, ...ids])], before: before ?? asItWas(fresh) };
}

const asItWas = (fresh: OwnOffer | null) => ({
  onSale: fresh?.onSale ?? false,
  points: fresh?.availabilities ?? null,
});

async function keep(
  tx: Tx,
  { preorder }: Rows,
  verdict: Exclude<LeavingVerdict, { kind: "pass" }>,
  { fresh, wish }: { fresh: OwnOffer | null; wish: Wish },
  now: Date,
): Promise<Passed> {
  switch (verdict.kind) {
    case "read_again":
      return verdict;
    case "nothing":
      // Kaspi has shown it before it was written: it is this preorder's from now on all the same.
      if (!preorder.ending) await movePreorder(tx, preorder.id, knownFrom(preorder, wish, fresh));
      await reachGoal(tx, preorder, now);
      return { kind: "kept" };
    case "refuse":
      await refusePreorder(tx, preorder, verdict.why, now);
      return { kind: "kept" };
    case "wait": {
      const isStop = verdict.why === "sending_stopped";
      const notBefore = isStop ? null : later(now, PENDING_AT_KASPI_MS);
      await movePreorder(tx, preorder.id, { why: verdict.why, notBefore });
      return { kind: isStop ? "stop" : "kept" };
    }
  }
}
