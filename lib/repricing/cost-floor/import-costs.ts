import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { noCosts } from "@/lib/costs/model";
import { currentCosts, saveCosts } from "@/lib/costs/queries";
import { type WorkedOut, workOut } from "@/lib/costs/work-out";
import type { Db, Tx } from "@/lib/db/client";
import { readRows } from "@/lib/excel/read-rows";
import { judgeLimitsChange } from "@/lib/repricing/by-hand/manual-rules";
import { canonicalJson } from "@/lib/repricing/ledger/ledger-rules";
import { effectiveFloor } from "@/lib/repricing/rule/floor-rules";
import { writableStore } from "@/lib/stores/queries";
import { markProductsStale } from "./cost-floor-queries";
import {
  type ImportSubject,
  importSubjects,
  lockProducts,
  productsWith,
} from "./cost-import-queries";
import { readCostLines, type SaidLine } from "./cost-lines";
import type { ImportFinding, ImportReport } from "./import-model";
import { type Change, closed, count, emptyReport, type Judged, made } from "./import-report-rules";
import { beginFloors } from "./recompute-floors";

const BATCH = 1_000;

type Request = {
  file: Uint8Array;
  /** Null: every store of the caller's own. */
  storeId: string | null;
  /** The person has seen the floors under half of their prices. */
  confirm: boolean;
};

/** What a file of costs would change. Saves nothing. Throws `invalid` for a file that is no such file. */
export async function previewCosts(
  tx: Tx,
  caller: Caller,
  request: Request,
  now: Date,
): Promise<ImportReport> {
  const { report, said } = await readFile(tx, caller, request);
  for (const batch of batchesOf(said)) {
    const judged = await judge(tx, caller, batch, now);
    count(report, judged, request.confirm);
  }
  return closed(report);
}

/**
 * Saves the costs of a file, a thousand products at a time: what was not reached is there the next time.
 * Their floors are computed by a job. Returns what was done, and the job's run.
 */
export async function importCosts(
  db: Db,
  caller: Caller,
  request: Request,
  now: Date,
): Promise<{ report: ImportReport; runId: string | null }> {
  const { report, said } = await readFile(db, caller, request);
  for (const batch of batchesOf(said)) {
    const judged = await db.transaction(async (tx) => {
      await lockProducts(tx, [...batch.keys()]);
      const locked = await judge(tx, caller, batch, now);
      await save(tx, caller, made(locked, request.confirm), now);
      return locked;
    });
    count(report, judged, request.confirm);
  }
  const runId = await db.transaction((tx) => beginFloors(tx, caller.id, now));
  return { report: closed(report), runId };
}

/** What a file says, by the product it says it of. */
type Said = ReadonlyMap<string, SaidLine>;

/** The lines of a file with the products they are about, and a report of those that are about none. */
async function readFile(
  tx: Tx,
  caller: Caller,
  { file, storeId }: Request,
): Promise<{ report: ImportReport; said: Said }> {
  if (storeId !== null) await writableStore(tx, caller, storeId, "change_price");
  else requirePermission(caller, "change_price");
  const lines = await readCostLines(await readRows(file));
  if (!lines) throw new AppError("invalid", "sheet_columns");
  const readable = lines.filter(({ problems }) => problems.length === 0);
  const byArticle = new Map(readable.map((line) => [line.article, line]));
  const found = await productsWith(tx, caller, storeId, [...byArticle.keys()]);
  const known = new Set(found.map(({ sku }) => sku));
  const unreadable = lines.flatMap(unreadableIn);
  const unknown = readable
    .filter(({ article }) => !known.has(article))
    .map(({ line, article }) => ({ kind: "unknown" as const, line, article, name: null }));
  const report: ImportReport = {
    ...emptyReport,
    lines: lines.length,
    unreadable: unreadable.length,
    unknown: unknown.length,
    stores: [],
    findings: [...unreadable, ...unknown, ...severalIn(found, byArticle)],
  };
  const said = found.flatMap(({ id, sku }) => {
    const line = byArticle.get(sku);
    return line ? [[id, line] as const] : [];
  });
  return { report, said: new Map(said) };
}

function* batchesOf(said: Said): Generator<Said> {
  const all = [...said];
  for (let from = 0; from < all.length; from += BATCH) yield new Map(all.slice(from, from + BATCH));
}

async function judge(tx: Tx, caller: Caller, batch: Said, now: Date): Promise<Judged> {
  const subjects = await importSubjects(tx, caller, [...batch.keys()]);
  const stored = await currentCosts(tx, [...batch.keys()]);
  const told = subjects.flatMap((subject) => {
    const line = batch.get(subject.id);
    const before = stored.get(subject.id) ?? noCosts;
    return line ? [{ line, subject, before, after: { ...before, ...line.costs } }] : [];
  });
  const isSame = ({ before, after }: (typeof told)[number]) =>
    canonicalJson(before) === canonicalJson(after);
  const changed = told.filter((one) => !isSame(one));
  const worked = await workOut(
    tx,
    changed.map(({ subject }) => subject),
    now,
    new Map(changed.map(({ subject, after }) => [subject.id, after])),
  );
  const changes = changed.map((one): Change => {
    const floor = worked.get(one.subject.id)?.floor ?? { kind: "impossible" };
    return { ...one, floor, doubt: doubtOf(one.subject, floor) };
  });
  return { same: told.filter(isSame).map(({ subject }) => subject), changes };
}

function unreadableIn({ line, article, problems }: SaidLine): ImportFinding[] {
  const [problem] = problems;
  return problem ? [{ kind: "unreadable", line, article, name: null, ...problem }] : [];
}

/** Articles that several stores have. */
function severalIn(
  found: readonly { sku: string; storeName: string }[],
  byArticle: ReadonlyMap<string, SaidLine>,
): ImportFinding[] {
  const names = new Map<string, string[]>();
  for (const { sku, storeName } of found)
    names.set(sku, [...(names.get(sku) ?? []), storeName].sort());
  return [...byArticle.values()].flatMap(({ line, article }) => {
    const storeNames = names.get(article) ?? [];
    if (storeNames.length < 2) return [];
    return [{ kind: "several" as const, line, article, name: null, storeNames }];
  });
}

/** The floor that counts would be under half of the price, and it is another one than before. */
function doubtOf(subject: ImportSubject, floor: WorkedOut["floor"]): Change["doubt"] {
  const { floor: typed, costFloor, costGaps, counts: floorFromCost, price } = subject;
  if (floor.kind !== "floor" || price === null) return null;
  const before = effectiveFloor({ typed, computed: costFloor, gaps: costGaps, floorFromCost });
  const after = effectiveFloor({ typed, computed: floor.floor, gaps: floor.gaps, floorFromCost });
  const verdict = judgeLimitsChange({ floor: before }, { floor: after, ceiling: null }, price);
  return verdict.kind === "confirm" && after !== null ? { floor: after, price } : null;
}

async function save(tx: Tx, caller: Caller, changes: readonly Change[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const ids = changes.map(({ subject }) => subject.id);
  await saveCosts(
    tx,
    changes.map(({ subject, after }) => ({ productId: subject.id, costs: after })),
    { userId: caller.id, source: "import" },
    now,
  );
  await markProductsStale(tx, ids, now);
  await audit(
    tx,
    ...changes.map(
      ({ subject, before, after }): AuditEntry => ({
        at: now,
        userId: caller.id,
        storeId: subject.storeId,
        action: "product.costs_changed",
        subjectId: subject.id,
        details: { before, after, source: "import" },
      }),
    ),
  );
}
