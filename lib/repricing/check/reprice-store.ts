import type { Caller } from "@/lib/auth/model";
import type { ChangePermission } from "@/lib/auth/permission-model";
import { MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { lockProduct } from "@/lib/products/queries";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import type { Check } from "./check-products";
import {
  type CheckSubject,
  type CityKey,
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
import { closeRun } from "./close-run";
import { dueProgress } from "./due-progress";
import { type Doubt, doubtOf, settleDoubts } from "./seen-otherwise";

/** Nothing of a run is sent before its end, and what is decided every minute lives for two. */
const LONGEST_RUN_MS = MINUTE;
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
  let isFirst = true;
  const next = async (inHand: CheckSubject[], room: number) => {
    const limit = Math.min(LOADED, room);
    const subjects = await dueSubjects(access.db, storeId, { now: access.clock(), inHand, limit });
    if (isFirst) await progress?.begin(subjects.length, subjects.length < limit);
    isFirst = false;
    return subjects;
  };
  return runChecks(
    access,
    storeId,
    { ...options, ...(progress && { saving: progress.saving }) },
    next,
  );
}

/** The same over every product whose bot is on, due or not, to the last one, run after run. */
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
  const next = (inHand: CheckSubject[], room: number) => {
    const last = inHand.at(-1);
    const begin = last && isBehind(after, last) ? last : after;
    const limit = Math.min(LOADED, room);
    return enabledSubjects(access.db, storeId, { after: begin, limit, now: access.clock() });
  };
  return runChecks(access, storeId, { ...options, onSaved }, next, { many: true });
}

/** Whether the city comes after that one in the order in which all are gone through. */
function isBehind(one: CityKey | null, other: CityKey): boolean {
  if (one === null || one.productId < other.productId) return true;
  return one.productId === other.productId && one.cityId < other.cityId;
}

/**
 * One product, asked for by a person: the market of the city, or of its leading one, is read though it
 * is not due and even with its bot off. Throws `not_found`, and `forbidden` for a product in whose store the
 * caller has not the right `by` which it is asked for. Null: its store is not at work.
 */
export async function repriceOne(
  access: KaspiAccess,
  caller: Caller,
  productId: string,
  {
    cityId = null,
    by = "change_price",
    signal,
  }: {
    cityId?: string | null;
    by?: ChangePermission;
    signal?: AbortSignal | undefined;
  } = {},
): Promise<Check | null> {
  const { storeId } = await access.db.transaction((tx) => lockProduct(tx, caller, productId, by));
  let taken = false;
  const next = async () => {
    const subject = taken ? null : await subjectOf(access.db, productId, access.clock(), cityId);
    taken = true;
    return subject ? [subject] : [];
  };
  let check: Check | null = null;
  const onSaved = ([saved]: Check[]) => {
    check = saved ?? null;
  };
  const options: RunOptions = { trigger: "person", looks: true, onSaved, signal };
  await runChecks(access, storeId, options, next);
  return check;
}

/** One run, or as many as it takes. Null: the store is not at work or has nothing to check. */
async function runChecks(
  access: KaspiAccess,
  storeId: string,
  options: RunOptions,
  next: NextSubjects,
  { many = false } = {},
): Promise<RunCounts | null> {
  const store = await storeAtWork(access.db, storeId);
  if (!store) return null;
  const total = { checked: 0, changes: 0, unread: 0 };
  const { onSaved, dryRun = false, signal } = options;
  let hasRun = false;
  for (let goesOn = true; goesOn; ) {
    const doubts: Doubt[] = [];
    const run: Run = {
      ...options,
      onSaved(checks, saved) {
        doubts.push(...checks.flatMap((check) => doubtOf(check, store.merchantId) ?? []));
        onSaved?.(checks, saved);
      },
      store,
      id: null,
      counts: { checked: 0, changes: 0, unread: 0 },
      isFull: false,
    };
    const isExhausted = await wholeRun(access, run, next);
    if (!dryRun) await settleDoubts(access, store, doubts, signal);
    hasRun ||= run.id !== null;
    for (const name of ["checked", "changes", "unread"] as const) total[name] += run.counts[name];
    goesOn = many && !isExhausted;
  }
  return hasRun ? total : null;
}

/** In turns, so that others who want the same store get theirs in between. Whether nothing is left. */
async function wholeRun(access: KaspiAccess, run: Run, next: NextSubjects): Promise<boolean> {
  const { store } = run;
  let end = Number.POSITIVE_INFINITY;
  let isExhausted = false;
  try {
    while (!isExhausted && !run.isFull && access.clock().getTime() < end) {
      run.signal?.throwIfAborted();
      isExhausted = await withStoreLock(store.id, "check", () => {
        end = Math.min(end, access.clock().getTime() + LONGEST_RUN_MS);
        return takeTurn(access, run, next, new Date(end));
      });
    }
  } finally {
    await endRun(access, run);
  }
  return isExhausted;
}

/** What was saved is judged and goes its way, however the run ended. */
async function endRun(access: KaspiAccess, { id, store, counts, dryRun = false }: Run) {
  if (id === null) return;
  const run = { id, storeId: store.id, storeName: store.name, dryRun };
  await access.db.transaction((tx) => closeRun(tx, run, counts, access.clock()));
}
