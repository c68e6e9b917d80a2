import type { Caller } from "@/lib/auth/model";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { lockProduct } from "@/lib/products/queries";
import { storeAtWork } from "@/lib/stores/queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import type { Check } from "./check-products";
import {
  type CheckSubject,
  type CityKey,
  closePricingRun,
  dueSubjects,
  enabledSubjects,
  subjectOf,
} from "./check-queries";
import {
  type NextSubjects,
  type Run,
  type RunCounts,
  type RunOptions,
  takeTurn,
} from "./check-turn";

/** A pricing run is at most this many products or this long, whichever ends first. */
const MOST_CHECKS = 500;
const LONGEST_RUN_MS = 2 * MINUTE;
/** Taken from the queue at a time; those whose bot is off are passed over each time. */
const LOADED = 250;

/**
 * One pricing run over the products that are due: load → decide → save, in batches. Changes are left
 * pending for the publisher. Null: the store is not at work or nothing is due.
 */
export async function repriceDue(
  access: KaspiAccess,
  storeId: string,
  options: RunOptions,
): Promise<RunCounts | null> {
  const next = (inHand: CheckSubject[], checked: number) => {
    const limit = Math.max(0, Math.min(LOADED, MOST_CHECKS - checked - inHand.length));
    const now = access.clock();
    return dueSubjects(access.db, storeId, { now, inHand, limit });
  };
  return runChecks(access, storeId, options, next, later(access.clock(), LONGEST_RUN_MS));
}

/** The same over every product whose bot is on, due or not, to the last one. */
export async function repriceAll(
  access: KaspiAccess,
  storeId: string,
  options: RunOptions,
): Promise<RunCounts | null> {
  let after: CityKey | null = null;
  const passBy = (subjects: CheckSubject[]) => {
    for (const subject of subjects) if (isBehind(after, subject)) after = subject;
  };
  const onSaved: RunOptions["onSaved"] = (checks, saved) => {
    passBy(checks.map(({ subject }) => subject));
    options.onSaved?.(checks, saved);
  };
  const next = (inHand: CheckSubject[]) => {
    const last = inHand.at(-1);
    const begin = last && isBehind(after, last) ? last : after;
    return enabledSubjects(access.db, storeId, begin, LOADED);
  };
  return runChecks(access, storeId, { ...options, onSaved }, next, null);
}

/** Whether the city comes after that one in the order in which all are gone through. */
function isBehind(one: CityKey | null, other: CityKey): boolean {
  if (one === null || one.productId < other.productId) return true;
  return one.productId === other.productId && one.cityId < other.cityId;
}

/**
 * One product, asked for by a person: the market of the city, or of its leading one, is read though it
 * is not due and even with its bot off. Throws `not_found` for a product the caller may not change. Null: its store is not at work.
 */
export async function repriceOne(
  access: KaspiAccess,
  caller: Caller,
  productId: string,
  { cityId = null, signal }: { cityId?: string | null; signal?: AbortSignal | undefined } = {},
): Promise<Check | null> {
  const { storeId } = await access.db.transaction((tx) => lockProduct(tx, caller, productId));
  let taken = false;
  const next = async () => {
    const subject = taken ? null : await subjectOf(access.db, productId, cityId);
    taken = true;
    return subject ? [subject] : [];
  };
  let check: Check | null = null;
  const onSaved = ([saved]: Check[]) => {
    check = saved ?? null;
  };
  const options: RunOptions = { trigger: "person", looks: true, onSaved, signal };
  await runChecks(access, storeId, options, next, null);
  return check;
}

/** In turns, so that others who want the same store get theirs in between. */
async function runChecks(
  access: KaspiAccess,
  storeId: string,
  options: RunOptions,
  next: NextSubjects,
  deadline: Date | null,
): Promise<RunCounts | null> {
  const store = await storeAtWork(access.db, storeId);
  if (!store) return null;
  const run: Run = { ...options, store, id: null, counts: { checked: 0, changes: 0, unread: 0 } };
  let goesOn = true;
  while (goesOn) {
    options.signal?.throwIfAborted();
    const isOver = await withStoreLock(storeId, "check", () =>
      takeTurn(access, run, next, deadline),
    );
    goesOn = !isOver && (deadline === null || access.clock() < deadline);
  }
  if (run.id === null) return null;
  await closePricingRun(access.db, run.id, run.counts, access.clock());
  return run.counts;
}
