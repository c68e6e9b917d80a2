import type { Caller } from "@/lib/auth/model";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { lockProduct } from "@/lib/products/queries";
import { storeAtWork } from "@/lib/stores/queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import type { Check } from "./check-products";
import {
  type CheckSubject,
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
import { dueProgress } from "./due-progress";

/** A pricing run is at most this many products or this long, whichever ends first. */
const MOST_CHECKS = 500;
const LONGEST_RUN_MS = 2 * MINUTE;
/** Taken from the queue at a time; those whose bot is off are passed over each time. */
const LOADED = 250;

/**
 * One pricing run over the products that are due: load → decide → save, in batches. Changes are left
 * pending for the publisher. `jobRunId`: whose progress it is. Null: the store is not at work or nothing
 * is due.
 */
export async function repriceDue(
  access: KaspiAccess,
  storeId: string,
  { jobRunId, ...options }: RunOptions & { jobRunId?: string },
): Promise<RunCounts | null> {
  const progress = jobRunId === undefined ? null : dueProgress(access, storeId, jobRunId);
  const next = async (inHand: CheckSubject[], checked: number) => {
    const limit = Math.max(0, Math.min(LOADED, MOST_CHECKS - checked - inHand.length));
    const products = inHand.map(({ productId }) => productId);
    const now = access.clock();
    const subjects = await dueSubjects(access.db, storeId, { now, inHand: products, limit });
    if (checked + inHand.length === 0)
      await progress?.begin(subjects.length, subjects.length < limit);
    return subjects;
  };
  const saved = { ...options, ...(progress && { saving: progress.saving }) };
  return runChecks(access, storeId, saved, next, later(access.clock(), LONGEST_RUN_MS));
}

/** The same over every product whose bot is on, due or not, to the last one. */
export async function repriceAll(
  access: KaspiAccess,
  storeId: string,
  options: RunOptions,
): Promise<RunCounts | null> {
  let after: string | null = null;
  const passBy = (subjects: CheckSubject[]) => {
    for (const { productId } of subjects)
      if (after === null || productId > after) after = productId;
    return after;
  };
  const onSaved: RunOptions["onSaved"] = (checks, saved) => {
    passBy(checks.map(({ subject }) => subject));
    options.onSaved?.(checks, saved);
  };
  const next = (inHand: CheckSubject[]) => {
    const last = inHand.at(-1)?.productId ?? null;
    const begin = last !== null && (after === null || last > after) ? last : after;
    return enabledSubjects(access.db, storeId, begin, LOADED);
  };
  return runChecks(access, storeId, { ...options, onSaved }, next, null);
}

/**
 * One product, asked for by a person: its market is read though it is not due and even with its bot
 * off. Throws `not_found` for a product the caller may not change. Null: its store is not at work.
 */
export async function repriceOne(
  access: KaspiAccess,
  caller: Caller,
  productId: string,
  signal?: AbortSignal,
): Promise<Check | null> {
  const { storeId } = await access.db.transaction((tx) => lockProduct(tx, caller, productId));
  let taken = false;
  const next = async () => {
    const subject = taken ? null : await subjectOf(access.db, productId);
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
