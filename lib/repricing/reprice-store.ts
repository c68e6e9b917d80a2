import type { Caller } from "@/lib/auth/model";
import { later, MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { lockProduct } from "@/lib/products/queries";
import { type Store, storeAtWork } from "@/lib/stores/queries";
import { withStoreLock } from "@/lib/stores/store-lock";
import { type Check, checkProduct, ownMerchantsOf } from "./check-products";
import {
  type CheckSubject,
  closePricingRun,
  dueSubjects,
  enabledSubjects,
  type NewDecision,
  openPricingRun,
  type PricingRun,
  subjectOf,
} from "./check-queries";
import { type Batch, saveChecks } from "./save-checks";

/** A pricing run is at most this many products or this long, whichever ends first. */
const MOST_CHECKS = 500;
const LONGEST_RUN_MS = 2 * MINUTE;
/** Saved together. A killed process repeats at most this many reads. */
const BATCH = 40;
const READS_AT_ONCE = 8;

export type RunCounts = { checked: number; changes: number; unread: number };

type Options = {
  trigger: PricingRun["trigger"];
  dryRun?: boolean;
  /** Told of every batch that was saved. */
  onSaved?: (checks: Check[], saved: NewDecision[]) => void;
  /** Reads the market even where nothing would be decided by it. */
  looks?: boolean;
  signal?: AbortSignal | undefined;
};

/**
 * One pricing run over the products that are due: load → decide → save, in batches. Changes are left
 * pending for the publisher. Null: the store is not at work or nothing is due.
 */
export async function repriceDue(
  access: KaspiAccess,
  storeId: string,
  options: Options,
): Promise<RunCounts | null> {
  const next = (taken: number) =>
    dueSubjects(access.db, storeId, access.clock(), Math.min(BATCH, MOST_CHECKS - taken));
  return runChecks(access, storeId, options, next, later(access.clock(), LONGEST_RUN_MS));
}

/** The same over every product whose bot is on, due or not, to the last one. */
export async function repriceAll(
  access: KaspiAccess,
  storeId: string,
  options: Options,
): Promise<RunCounts | null> {
  let after: string | null = null;
  const next = async () => {
    const subjects: CheckSubject[] = await enabledSubjects(access.db, storeId, after, BATCH);
    after = subjects.at(-1)?.productId ?? after;
    return subjects;
  };
  return runChecks(access, storeId, options, next, null);
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
  const options: Options = { trigger: "person", looks: true, onSaved, signal };
  await runChecks(access, storeId, options, next, null);
  return check;
}

async function runChecks(
  access: KaspiAccess,
  storeId: string,
  options: Options,
  next: (taken: number) => Promise<CheckSubject[]>,
  deadline: Date | null,
): Promise<RunCounts | null> {
  const store = await storeAtWork(access.db, storeId);
  if (!store) return null;
  const { trigger, dryRun = false } = options;
  const counts: RunCounts = { checked: 0, changes: 0, unread: 0 };
  let runId: string | null = null;
  for (;;) {
    options.signal?.throwIfAborted();
    const goesOn = await withStoreLock(storeId, "check", async () => {
      const since = access.clock();
      const subjects = await next(counts.checked);
      if (subjects.length === 0) return false;
      runId ??= await openPricingRun(access.db, {
        storeId,
        trigger,
        dryRun,
        startedAt: access.clock(),
      });
      const checks = await checkAll(access, store, subjects, options);
      const batch = { storeId, merchantId: store.merchantId, runId, dryRun, since };
      const saved = await saveBatch(access, batch, checks);
      options.onSaved?.(checks, saved);
      counts.checked += checks.length;
      counts.changes += saved.filter((row) => row.kind === "change").length;
      counts.unread += checks.filter(
        ({ input }) => input.market.kind === "unseen" && input.market.why !== "not_read",
      ).length;
      return true;
    });
    const isOver =
      deadline !== null && (counts.checked >= MOST_CHECKS || access.clock() >= deadline);
    if (!goesOn || isOver) break;
  }
  if (runId === null) return null;
  await closePricingRun(access.db, runId, counts, access.clock());
  return counts;
}

async function saveBatch(
  access: KaspiAccess,
  batch: Batch,
  checks: Check[],
): Promise<NewDecision[]> {
  return access.db.transaction(async (tx) => {
    const saved = await saveChecks(tx, batch, checks, access.clock());
    if (saved.some((row) => row.state === "pending"))
      await emit(tx, [events.publishRequested.create({ storeId: batch.storeId })]);
    return saved;
  });
}

/** Reads a few markets at a time; their pace is the exits', kept in Postgres. */
async function checkAll(
  access: KaspiAccess,
  store: Store,
  subjects: CheckSubject[],
  { looks = false, signal }: Options,
): Promise<Check[]> {
  const own = await ownMerchantsOf(access, store);
  const waiting = [...subjects];
  const checks: Check[] = [];
  const reader = async () => {
    for (let subject = waiting.shift(); subject; subject = waiting.shift()) {
      signal?.throwIfAborted();
      checks.push(await checkProduct(access, store, own, subject, { looks, signal }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(READS_AT_ONCE, subjects.length) }, reader));
  return checks;
}
