import type { Tenge } from "@/lib/core/money";
import { later, SECOND } from "@/lib/core/time";
import { termsNow } from "@/lib/costs/work-out";
import type { Tx } from "@/lib/db/client";
import { wasLocked } from "@/lib/db/patient";
import type { KaspiAccess } from "@/lib/exits/access";
import type { OwnOffer } from "@/lib/kaspi/own-offer";
import { pricesByCity } from "@/lib/products/city-prices";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { markProductsStale } from "@/lib/repricing/cost-floor/cost-floor-queries";
import type { Store } from "@/lib/stores/queries";
import { takeBudget } from "./budget-queries";
import { cityOf, lockForExit } from "./exit-lock-queries";
import { feedTakesPrices, listSettlesUntil } from "./feed-queries";
import type { Earnings, Markup } from "./gate-cost-rules";
import { type ExitInput, judgeExit } from "./gate-rules";
import { moveAnchor } from "./move-anchor";
import { deferPending, makeProductsDue, moveDecision } from "./publish-queries";
import type { Sendable } from "./sendable-queries";
import { recordShown, shownRow } from "./shown-queries";

/** A change of somebody else is on its way at Kaspi: look again after this. */
const PENDING_AT_KASPI_MS = 30 * SECOND;
const FIRST_LOOK_MS = 10 * SECOND;

export type ExitResult =
  /** Marked `sending`, its budget taken: it must be sent now. */
  | { kind: "pass"; price: Tenge }
  /** Refused, decided again or made to wait; the decision says why. */
  | { kind: "kept" }
  /** Kaspi's row has grown old on the way here; nothing has happened. */
  | { kind: "read_again" }
  /** The login's budget is spent: it waits in the store's price list, which Kaspi fetches. */
  | { kind: "listed" }
  /** Somebody else is at work on the product. */
  | { kind: "busy" }
  /** Nothing of the store may leave now. */
  | { kind: "stop" };

/** The login that sends, and what its list has just shown of the article. */
type Leaving = { accountId: string; fresh: OwnOffer | null; readAt: Date };

/**
 * The exit gate: judges the decision by rows read in the transaction that marks it `sending` and
 * takes its budget entry. What Kaspi has just shown is recorded whatever the verdict.
 */
export async function passExit(
  access: KaspiAccess,
  input: Leaving & { decision: Sendable },
): Promise<ExitResult> {
  const result = await judgeAndMark(access, input).catch((error): { kind: "busy" } => {
    if (wasLocked(error)) return { kind: "busy" };
    throw error;
  });
  if (result.kind !== "budget_spent") return result;
  await deferPending(access.db, input.decision.storeId, {
    stateReason: "rate_budget_deferred",
    notBefore: result.until,
  });
  return { kind: "stop" };
}

type BudgetSpent = { kind: "budget_spent"; until: Date };

function judgeAndMark(
  access: KaspiAccess,
  input: Leaving & { decision: Sendable },
): Promise<ExitResult | BudgetSpent> {
  const { accountId } = input;
  return access.db.transaction(async (tx) => {
    const seen = input.fresh && { cityPrices: pricesByCity(input.fresh) };
    const rows = await lockForExit(tx, { ...input.decision, accountId, ...seen });
    if (!rows) return { kind: "kept" };
    const { decision } = rows;
    // The budget is a matter of when a price leaves: waiting for the locks took its time.
    const now = access.clock();
    const stop = await stopped(tx, rows, now);
    if (stop) return stop;
    const byCost = await costsOf(tx, rows, now);
    const exitInput = toExitInput({ ...rows, ...byCost }, input, now);
    const verdict = judgeExit(exitInput);
    if (verdict.kind === "read_again") return verdict;
    if (input.fresh) {
      await recordShown(tx, decision, shownRow(input.fresh, decision.cityId), now);
      // What Kaspi shows by now may have no price of its own for this city: then it is not written there.
      if (!(await cityOf(tx, decision))?.isPriced) return leave(tx, decision);
    }
    if (verdict.kind !== "pass") return keep(tx, { decision, ...byCost }, verdict, now);
    return startSending(tx, rows, exitInput, now);
  });
}

type Rows = NonNullable<Awaited<ReturnType<typeof lockForExit>>>;

/** Takes its budget and marks it: from here on it is on its way, whatever happens. */
async function startSending(
  tx: Tx,
  { login, decision, settings }: Rows,
  exitInput: ExitInput,
  now: Date,
): Promise<ExitResult | BudgetSpent> {
  const { writesPerWindow: perWindow, writeWindowMinutes: windowMinutes } = settings;
  const budget = { login: login.name, decisionId: decision.id, perWindow, windowMinutes };
  const empty = await takeBudget(tx, budget, now);
  const byFeed = empty !== null && (await feedTakesPrices(tx, decision.storeId, now));
  if (empty && !byFeed) return { kind: "budget_spent", until: empty.freeAt };
  await moveDecision(tx, decision.id, ["pending"], {
    state: "sending",
    channel: byFeed ? "feed" : "cabinet",
    // A person's price may leave from another one than was believed; reading back compares with this.
    priceBefore: exitInput.kaspi?.price ?? null,
    stateReason: byFeed ? "in_feed" : null,
    notBefore: null,
    sendingAt: now,
    confirmAt: byFeed ? null : later(now, FIRST_LOOK_MS),
  });
  if (byFeed) return { kind: "listed" };
  return { kind: "pass", price: exitInput.decision.price };
}

type CityTerms = Pick<Rows["city"], "floor" | "ceiling" | "rule" | "cityRule">;
type ByCost = { earnings: Earnings; markup: Markup };

/** What the costs and tariffs of this moment ask of the price; the stored limits are not believed. */
export async function costsOf(
  tx: Tx,
  { store, product, city }: Pick<Rows, "store" | "product"> & { city: CityTerms },
  now: Date,
): Promise<ByCost> {
  const { floorFromCost, ceilingMarkup: percent } = ruleOf(store, { ...product, ...city }).rule;
  if (!floorFromCost && percent === null) return { earnings: null, markup: null };
  const { terms, expenses } = await termsNow(tx, product, now);
  return {
    earnings: floorFromCost ? terms : null,
    markup: percent === null ? null : { ...expenses, percent },
  };
}

function toExitInput(
  { decision, product, store, settings, city, earnings, markup }: Rows & ByCost,
  { fresh, readAt, accountId }: Leaving,
  now: Date,
): ExitInput {
  const { botEnabled } = product;
  const { manualLock, floor, ceiling, anchor } = city;
  const { rule, unreadableRule } = ruleOf(store, { ...product, ...city });
  const { market } = JSON.parse(decision.inputs) as { market?: { kind?: string } };
  return {
    now,
    decision: {
      price: decision.price ?? (Number.NaN as Tenge),
      origin: decision.origin,
      believed: decision.priceBefore,
      marketSeen: market?.kind === "seen",
      decidedAt: decision.decidedAt,
      cardId: decision.cardId ?? product.cardId,
    },
    product: {
      botEnabled,
      manualLock,
      floor,
      ceiling,
      anchor,
      earnings,
      markup,
      // What was decided by a rule that can no longer be read is decided again.
      intervalMinutes: unreadableRule ? 0 : rule.intervalMinutes,
    },
    kaspi: fresh && {
      price: fresh.cityPrice(decision.cityId),
      onSale: fresh.onSale,
      pending: fresh.pending,
      cardId: fresh.cardId,
    },
    readAt,
    sendingStopped: isStopped(store, settings, accountId),
  };
}

/** The login was told to stop, or the store put to rest, while this price was on its way here. */
async function stopped(
  tx: Tx,
  { login: { writesBlockedUntil }, store, decision }: Rows,
  now: Date,
): Promise<ExitResult | null> {
  const rest = restOf(store);
  if (rest)
    await moveDecision(tx, decision.id, ["pending"], { stateReason: rest, notBefore: null });
  const settles = rest ? null : await listSettlesUntil(tx, store.id, now);
  if (settles) {
    const waits = { stateReason: "list_settles", notBefore: settles };
    await moveDecision(tx, decision.id, ["pending"], waits);
    return { kind: "stop" };
  }
  const isBanned = writesBlockedUntil !== null && writesBlockedUntil > now;
  return rest || isBanned ? { kind: "stop" } : null;
}

export function restOf({ isActive, officialOnly }: Pick<Store, "isActive" | "officialOnly">) {
  if (officialOnly) return "official_only";
  return isActive ? null : "store_paused";
}

/** Stopped, or no longer this login's: what is on its way to be sent stays. */
export function isStopped(
  { archivedAt, accountId, sendingStoppedAt }: Rows["store"],
  settings: Pick<Rows["settings"], "sendingStoppedAt">,
  sender: string,
): boolean {
  if (sendingStoppedAt !== null || settings.sendingStoppedAt !== null) return true;
  return archivedAt !== null || accountId !== sender;
}

/** The city is not priced any more. */
async function leave(tx: Tx, { id }: Rows["decision"]): Promise<ExitResult> {
  const to = { state: "superseded", stateReason: "other_city", notBefore: null } as const;
  await moveDecision(tx, id, ["pending"], to);
  return { kind: "kept" };
}

const staleFloor = new Set<string>(["unprofitable", "missing_costs"]);
const staleCeiling = new Set<string>(["above_ceiling", "limits_crossed"]);

async function keep(
  tx: Tx,
  { decision, markup }: Pick<Rows, "decision"> & ByCost,
  verdict: Exclude<ReturnType<typeof judgeExit>, { kind: "pass" } | { kind: "read_again" }>,
  now: Date,
): Promise<ExitResult> {
  if (verdict.kind === "wait") {
    const stopped = verdict.why === "sending_stopped";
    const notBefore = stopped ? null : later(now, PENDING_AT_KASPI_MS);
    await moveDecision(tx, decision.id, ["pending"], { stateReason: verdict.why, notBefore });
    return { kind: stopped ? "stop" : "kept" };
  }
  const state = verdict.kind === "refuse" ? "refused" : "superseded";
  await moveDecision(tx, decision.id, ["pending"], {
    state,
    stateReason: verdict.why,
    notBefore: null,
  });
  // Kaspi shows already what a person wants.
  if (verdict.why === "nothing_to_send") await moveAnchor(tx, decision);
  // The stored limits let it through: they are not what they should be.
  const isStale = staleFloor.has(verdict.why) || (markup !== null && staleCeiling.has(verdict.why));
  if (isStale) await markProductsStale(tx, [decision.productId], now);
  if (verdict.kind === "decide_again") await makeProductsDue(tx, [decision.productId], now);
  return { kind: "kept" };
}
