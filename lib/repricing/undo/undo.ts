import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { permitted } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { lockProduct } from "@/lib/products/queries";
import { appendByPerson, type WantedPrice } from "@/lib/repricing/by-hand/by-person";
import { cityKey } from "@/lib/repricing/check/check-queries";
import { inLookTurn } from "@/lib/repricing/forecast/look-turn";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { makeProductsDue } from "@/lib/repricing/send/publish-queries";
import { sentBy } from "@/lib/repricing/send/sending-pace-rules";
import type { UndoPreview, UndoSkip, UndoTarget } from "./undo-model";
import {
  findChange,
  findRun,
  insertUndoItems,
  letBotsGoOn,
  lockBotsOut,
  lockProductsOfRun,
  openUndoRun,
  paceOf,
  undoSubjects,
  waitingByPeople,
  withdraw,
} from "./undo-queries";
import { type JudgedUndo, judgeUndoOfRun } from "./undo-rules";

/**
 * What undoing a run, or one change, would do now, and by when. Saves nothing. Throws `not_found`, and
 * `rate_limited` for too many looks at once.
 */
export function previewUndo(
  db: Db,
  caller: Caller,
  target: UndoTarget,
  now: Date,
): Promise<UndoPreview> {
  return inLookTurn(caller, () => lookAtUndo(db, caller, target, now));
}

async function lookAtUndo(
  db: Db,
  caller: Caller,
  target: UndoTarget,
  now: Date,
): Promise<UndoPreview> {
  const found =
    "runId" in target
      ? await findRun(db, caller, target.runId)
      : await findChange(db, caller, target.decisionId);
  if (!found) throw new AppError("not_found");
  const judged = await judge(db, target);
  const pace = await paceOf(db, found.storeId, now);
  const back = pricesOf(judged).length;
  const ahead = await waitingByPeople(db, found.storeId);
  return {
    back,
    withdrawn: judged.filter(({ outcome }) => outcome.kind === "withdrawn").length,
    locked: standing(judged).filter(({ stands }) => stands).length,
    skipped: judged.flatMap(asSkip),
    endsAt: pace && sentBy(back + ahead, pace),
  };
}

/**
 * Puts a whole run back to the prices before it, as a run of its own: through the same gate and budget,
 * with a person's word. What was changed since is left alone and listed. The bots of what is put back
 * stand still until a person lets them go on, or they would change it again at once; undoing an undo lets
 * them. Returns the undo's run. Throws `not_found`, `conflict` while the run goes on or when there is
 * nothing to put back.
 */
export function undoRun(db: Db, caller: Caller, runId: string, now: Date): Promise<string> {
  return db.transaction(async (tx) => {
    const run = permitted(await findRun(tx, caller, runId), "change_price");
    if (run.finishedAt === null) throw new AppError("conflict", "undo_running");
    await lockProductsOfRun(tx, runId);
    await lockLedger(tx, run.storeId);
    const judged = await judge(tx, { runId });
    const frees = run.trigger === "undo";
    const undo = { storeId: run.storeId, undoes: runId, locks: !frees };
    const undoId = await putBack(tx, caller, undo, judged, now);
    if (frees) await goOn(tx, run.storeId, runId, now);
    return undoId;
  });
}

/**
 * Puts one product back to the price before one of its changes, whatever has changed since; otherwise as
 * `undoRun` does with a whole run.
 * Throws `not_found`, `conflict` when there is nothing to put back or it may not be.
 */
export function undoDecision(
  db: Db,
  caller: Caller,
  decisionId: string,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const change = permitted(await findChange(tx, caller, decisionId), "change_price");
    await lockProduct(tx, caller, change.productId, "change_price");
    await lockLedger(tx, change.storeId);
    const judged = await judge(tx, { decisionId });
    const { storeId, runId: undoes } = change;
    return putBack(tx, caller, { storeId, undoes, locks: true }, judged, now);
  });
}

/** Lets the bots that an undo has locked out go on. Returns how many products those are. */
export function resumeBots(db: Db, caller: Caller, undoRunId: string, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const run = permitted(await findRun(tx, caller, undoRunId), "change_price");
    await lockProductsOfRun(tx, undoRunId);
    const count = await goOn(tx, run.storeId, undoRunId, now);
    const details = { run: undoRunId, count };
    const action = "prices.bots_resumed";
    await audit(tx, { at: now, userId: caller.id, storeId: run.storeId, action, details });
    return count;
  });
}

async function goOn(tx: Tx, storeId: string, undoRunId: string, now: Date): Promise<number> {
  const productIds = await letBotsGoOn(tx, undoRunId);
  await makeProductsDue(tx, productIds, now);
  await emit(tx, [events.repriceRequested.create({ storeId })]);
  return productIds.length;
}

/** A run leaves alone what has changed since; a person who names one change means the price before it. */
async function judge(tx: Tx, target: UndoTarget): Promise<JudgedUndo[]> {
  return judgeUndoOfRun(await undoSubjects(tx, target), { evenIfChanged: "decisionId" in target });
}

async function putBack(
  tx: Tx,
  caller: Caller,
  { locks, ...undo }: { storeId: string; undoes: string | null; locks: boolean },
  judged: JudgedUndo[],
  now: Date,
): Promise<string> {
  const prices = pricesOf(judged);
  const waiting = judged.filter(({ outcome }) => outcome.kind === "withdrawn");
  if (prices.length + waiting.length === 0) throw new AppError("conflict", "undo_nothing");
  const run = { ...undo, requestedBy: caller.id, changes: prices.length };
  const runId = await openUndoRun(tx, run, now);
  await withdraw(
    tx,
    waiting.map(({ subject }) => subject.decisionId),
  );
  const by = { storeId: undo.storeId, by: caller.id, origin: "undo", reason: "put_back" } as const;
  const ids = await appendByPerson(tx, { ...by, runId }, prices, now);
  const decided = new Map(prices.map((price, nth) => [cityKey(price), ids[nth] ?? null]));
  await insertUndoItems(
    tx,
    judged.map((one) => itemOf(one, { runId, locks, decided })),
  );
  if (locks) await lockBotsOut(tx, standing(judged));
  await writeDown(tx, caller, { ...undo, runId, judged, prices: prices.length }, now);
  await emit(tx, [events.publishRequested.create({ storeId: undo.storeId })]);
  return runId;
}

/** One price for each product and city that goes back, whatever number of changes led away from it. */
function pricesOf(judged: readonly JudgedUndo[]): WantedPrice[] {
  const prices = new Map<string, WantedPrice>();
  for (const { subject, outcome } of judged) {
    if (outcome.kind !== "back") continue;
    const { productId, cityId, current, floor, ceiling, anchor } = subject;
    const { price, anchor: anchorNext } = outcome;
    const wanted = { productId, cityId, price, current, floor, ceiling, anchor, anchorNext };
    prices.set(cityKey(subject), wanted);
  }
  return [...prices.values()];
}

/** The products and cities whose price is to stay, once each, and whether a bot would have moved it. */
function standing(judged: readonly JudgedUndo[]) {
  const rows = judged.flatMap(({ subject, outcome }) =>
    outcome.kind === "skipped"
      ? []
      : [
          {
            productId: subject.productId,
            cityId: subject.cityId,
            stands: subject.botEnabled && isFree(subject),
          },
        ],
  );
  return [...new Map(rows.map((row) => [cityKey(row), row])).values()];
}

/** A bot that is off is locked as well: switched on, it would set the undone price again. */
const isFree = ({ manualLock }: JudgedUndo["subject"]) => !manualLock;

function itemOf(
  { subject, outcome }: JudgedUndo,
  undo: { runId: string; locks: boolean; decided: ReadonlyMap<string, string | null> },
) {
  const { decisionId: undoneId, productId, cityId } = subject;
  return {
    runId: undo.runId,
    undoneId,
    productId,
    cityId,
    outcome: outcome.kind,
    why: outcome.kind === "skipped" ? outcome.why : null,
    decisionId: outcome.kind === "back" ? (undo.decided.get(cityKey(subject)) ?? null) : null,
    hasLocked: undo.locks && outcome.kind !== "skipped" && isFree(subject),
  };
}

async function writeDown(
  tx: Tx,
  caller: Caller,
  undo: {
    storeId: string;
    undoes: string | null;
    runId: string;
    judged: JudgedUndo[];
    prices: number;
  },
  now: Date,
): Promise<void> {
  const skipped = undo.judged.filter(({ outcome }) => outcome.kind === "skipped").length;
  await audit(tx, {
    at: now,
    userId: caller.id,
    storeId: undo.storeId,
    action: "prices.undone",
    subjectId: undo.runId,
    details: { run: undo.undoes, back: undo.prices, skipped },
  });
}

function asSkip({ subject, outcome }: JudgedUndo): UndoSkip[] {
  if (outcome.kind !== "skipped") return [];
  const { productId, cityId, sku, name } = subject;
  return [{ productId, cityId, sku, name, why: outcome.why }];
}
