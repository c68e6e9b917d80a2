import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { withCopied } from "@/lib/repricing/rule/copy-rule";
import { isUnderWay } from "@/lib/runs/model";
import { finishRun, startRun } from "@/lib/runs/queries";
import {
  countItems,
  fieldSetSince,
  type ItemResult,
  lockBulkProducts,
  saveItems,
  setManySellerFields,
  type WaitingItem,
  waitingItems,
} from "./bulk-batch-queries";
import {
  type BulkChange,
  type BulkWhy,
  bulkChangeSchema,
  type Selection,
  type SellerState,
} from "./bulk-model";
import {
  type BulkChangeRow,
  type BulkProduct,
  copyChanged,
  freezeSelection,
  insertBulk,
  lockBulk,
  lockOwnBulk,
  lockUnderWay,
  setTotal,
} from "./bulk-queries";
import { type BulkOutcome, judgeBulk, judgeUndo } from "./bulk-rules";
import { followChange } from "./follow-change";

const BATCH = 500;
/** Of one person at once: others want their turn. */
const MOST_UNDER_WAY = 3;

/**
 * Writes down the change and the products it is for; a job does the rest. `confirm`: the person has
 * seen that some floors are under half of their prices; `seen`: of how many products the preview was.
 * Returns the run. Throws `invalid` when the selection is empty, `conflict` when it has grown since,
 * `rate_limited` while three changes of the caller are under way.
 */
export async function changeMany(
  db: Db,
  caller: Caller,
  request: {
    selection: Selection;
    change: BulkChange;
    confirm: boolean;
    seen?: number | undefined;
  },
  now: Date,
): Promise<string> {
  const { selection, confirm, seen } = request;
  return db.transaction(async (tx) => {
    await requireTurn(tx, caller);
    const change = await withCopied(tx, caller, request.change);
    const bulk = { caller, change, confirmed: confirm, undoes: null, createdAt: now };
    const runId = await insertBulk(tx, bulk);
    const total = await freezeSelection(tx, caller, runId, selection, now);
    if (total > (seen ?? total)) throw new AppError("conflict", "bulk_grown");
    await begin(tx, runId, total);
    return runId;
  });
}

/**
 * Puts a whole change of the caller's back, as another run. What was changed since is skipped and
 * listed. Throws `not_found` for somebody else's, `conflict` while it runs or when it is undone already,
 * `rate_limited` as above.
 */
export async function undoMany(db: Db, caller: Caller, runId: string, now: Date): Promise<string> {
  return db.transaction(async (tx) => {
    const found = await lockOwnBulk(tx, caller, runId);
    if (!found) throw new AppError("not_found", "bulk_not_found");
    if (found.isUndone) throw new AppError("conflict", "bulk_undone");
    if (found.status === "queued" || found.status === "running")
      throw new AppError("conflict", "bulk_running");
    await requireTurn(tx, caller);
    const { change } = found.bulk;
    const undoId = await insertBulk(tx, {
      caller,
      change,
      confirmed: true,
      undoes: runId,
      createdAt: now,
    });
    await begin(tx, undoId, await copyChanged(tx, undoId, runId));
    return undoId;
  });
}

async function requireTurn(tx: Tx, caller: Caller): Promise<void> {
  const underWay = await lockUnderWay(tx, caller);
  if (underWay >= MOST_UNDER_WAY) throw new AppError("rate_limited", "bulk_many");
}

async function begin(tx: Tx, runId: string, total: number): Promise<void> {
  if (total === 0) throw new AppError("invalid", "bulk_empty");
  await setTotal(tx, runId, total);
  await emit(tx, [events.bulkRequested.create({ runId })]);
}

/**
 * The next batch of a change, in one transaction: products, audit and progress together, so that a
 * crash repeats a whole batch or none. Returns false when nothing waits any more, or the run has ended:
 * one that failed may be undone already. Throws `forbidden` when the person was blocked meanwhile.
 */
export async function changeBatch(
  db: Db,
  runId: string,
  now: Date,
  size = BATCH,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const locked = await lockBulk(tx, runId);
    if (!locked) throw new AppError("not_found", "bulk_not_found");
    if (!isUnderWay(locked)) return false;
    const { bulk } = locked;
    await startRun(tx, runId, now);
    const items = await waitingItems(tx, runId, size);
    if (items.size === 0) {
      await finishRun(tx, runId, await countItems(tx, runId), now);
      return false;
    }
    const caller = await findActiveUser(tx, bulk.userId);
    if (!caller) throw new AppError("forbidden");
    const found = await lockBulkProducts(tx, caller, [...items.keys()]);
    const judged = await judgeAll(tx, bulk, found, items);
    await apply(tx, bulk, judged, now);
    const outcomes = new Map(judged.map(({ product, outcome }) => [product.id, outcome]));
    const results = [...items.keys()].map((id) => resultOf(id, outcomes.get(id)));
    await saveItems(tx, runId, results);
    return true;
  });
}

/** What was asked for later stays; a doubtful floor is left alone unless the person has seen it. */
async function judgeAll(
  tx: Tx,
  bulk: BulkChangeRow,
  found: BulkProduct[],
  items: ReadonlyMap<string, WaitingItem>,
): Promise<Judged[]> {
  if (bulk.undoes !== null)
    return found.map((product) => {
      const { before, after } = items.get(product.id) ?? {};
      return { product, outcome: judgeUndo(product, { before: before ?? {}, after: after ?? {} }) };
    });
  const change = bulkChangeSchema.parse(bulk.change);
  const ids = found.map(({ id }) => id);
  const since = await fieldSetSince(tx, { kind: change.kind, createdAt: bulk.createdAt }, ids);
  return found.map((product) => {
    const outcome = judgeBulk(product, change);
    if (outcome.kind !== "change") return { product, outcome };
    if (since.has(product.id)) return { product, outcome: leftAlone("changed_since") };
    const isUnseen = outcome.doubtful && !bulk.confirmed;
    return { product, outcome: isUnseen ? leftAlone("floor_far_below_price") : outcome };
  });
}

const leftAlone = (why: BulkWhy): BulkOutcome => ({ kind: "skip", why });

type Judged = { product: BulkProduct; outcome: BulkOutcome };

async function apply(tx: Tx, bulk: BulkChangeRow, judged: Judged[], now: Date): Promise<void> {
  const changed = judged.flatMap(({ product, outcome }) =>
    outcome.kind === "change" ? [{ product, outcome }] : [],
  );
  if (changed.length === 0) return;
  await setManySellerFields(
    tx,
    changed.map(({ product, outcome }) => ({ id: product.id, fields: outcome.after })),
    now,
  );
  await followChange(
    tx,
    { subject: bulk.id, by: bulk.userId, now },
    changed.map(({ product: { id, storeId, botEnabled }, outcome: { after } }) => ({
      ...{ id, storeId, botEnabled: after.botEnabled ?? botEnabled },
      isSwitchedOn: after.botEnabled === true,
    })),
  );
  await audit(
    tx,
    ...changed.map(({ product, outcome }) => ({
      at: now,
      userId: bulk.userId,
      storeId: product.storeId,
      subjectId: product.id,
      ...auditOf(product, outcome.before, outcome.after, bulk.id),
    })),
  );
}

type Fields = Partial<SellerState>;

/** The same words as for a single edit, which always names both limits. */
function auditOf(product: BulkProduct, before: Fields, after: Fields, bulk: string) {
  if (after.botEnabled !== undefined) {
    const action: AuditEntry["action"] = after.botEnabled ? "product.bot_on" : "product.bot_off";
    return { action, details: { before, after, bulk } };
  }
  if (after.rule !== undefined)
    return {
      action: "product.rule_changed" as const,
      details: { before: before.rule, after: after.rule, bulk },
    };
  const limits = { floor: product.floor, ceiling: product.ceiling };
  return {
    action: "product.limits_changed" as const,
    details: { before: limits, after: { ...limits, ...after }, bulk },
  };
}

function resultOf(productId: string, outcome: BulkOutcome | undefined): ItemResult {
  if (outcome?.kind === "change") {
    const { before, after } = outcome;
    return { productId, state: "changed", why: null, before, after };
  }
  const left = { productId, before: null, after: null };
  if (outcome?.kind === "same") return { ...left, state: "same", why: null };
  // Not among the rows the person may see any more.
  return { ...left, state: "skipped", why: outcome?.why ?? "read_only" };
}
