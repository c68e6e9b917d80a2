import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import { type Costs, noCosts } from "@/lib/costs/model";
import { currentCosts, saveCosts } from "@/lib/costs/queries";
import { type WorkedOut, workOut } from "@/lib/costs/work-out";
import type { Db, Tx } from "@/lib/db/client";
import { readRows } from "@/lib/excel/read-rows";
import { markProductsStale } from "./cost-floor-queries";
import { type ImportSubject, importSubjects, lockProducts } from "./cost-import-queries";
import { readCostLines, type SaidLine } from "./cost-lines";
import { effectiveFloor } from "./floor-rules";
import type { ImportFinding, ImportReport } from "./import-model";
import { canonicalJson } from "./ledger-rules";
import { judgeLimitsChange } from "./manual-rules";
import { beginFloors } from "./recompute-floors";

const BATCH = 1_000;
const MOST_FINDINGS = 200;

type Request = {
  file: Uint8Array;
  /** Null: every store of the caller's. */
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
  const report = emptyReport();
  for await (const batch of judged(tx, caller, request, now)) count(report, batch, request.confirm);
  return report;
}

/**
 * Saves the costs of a file, a thousand lines at a time: what was not reached is there the next time.
 * Their floors are computed by a job. Returns what was done, and the job's run.
 */
export async function importCosts(
  db: Db,
  caller: Caller,
  request: Request,
  now: Date,
): Promise<{ report: ImportReport; runId: string | null }> {
  const report = emptyReport();
  for await (const batch of judged(db, caller, request, now)) {
    count(report, batch, request.confirm);
    const changes = batch.changes.filter(({ doubt }) => request.confirm || doubt === null);
    if (changes.length > 0) await db.transaction((tx) => save(tx, caller, changes, now));
  }
  const runId = await db.transaction((tx) => beginFloors(tx, caller.id, now));
  return { report, runId };
}

type Change = {
  line: SaidLine;
  subject: ImportSubject;
  before: Costs;
  after: Costs;
  floor: WorkedOut["floor"];
  doubt: { floor: Tenge; price: Tenge } | null;
};
type Batch = { lines: number; same: number; changes: Change[]; findings: ImportFinding[] };

async function* judged(
  tx: Tx,
  caller: Caller,
  { file, storeId }: Request,
  now: Date,
): AsyncGenerator<Batch> {
  const lines = readCostLines(await readRows(file));
  if (!lines) throw new AppError("invalid", "sheet_columns");
  for (let from = 0; from < lines.length; from += BATCH)
    yield await judge(tx, caller, storeId, lines.slice(from, from + BATCH), now);
}

async function judge(
  tx: Tx,
  caller: Caller,
  storeId: string | null,
  lines: readonly SaidLine[],
  now: Date,
): Promise<Batch> {
  const readable = lines.filter(({ problems }) => problems.length === 0);
  const articles = readable.map(({ article }) => article);
  const subjects = await importSubjects(tx, caller, storeId, articles);
  const stored = await currentCosts(
    tx,
    subjects.map(({ id }) => id),
  );
  const byArticle = new Map(readable.map((line) => [line.article, line]));
  const told = subjects.flatMap((subject) => {
    const line = byArticle.get(subject.sku);
    const before = stored.get(subject.id) ?? noCosts;
    return line ? [{ line, subject, before, after: { ...before, ...line.costs } }] : [];
  });
  const changed = told.filter(
    ({ before, after }) => canonicalJson(before) !== canonicalJson(after),
  );
  const said = new Map(changed.map(({ subject, after }) => [subject.id, after]));
  const worked = await workOut(
    tx,
    changed.map(({ subject }) => subject),
    now,
    said,
  );
  const known = new Set(subjects.map(({ sku }) => sku));
  const changes = changed.map((one): Change => {
    const floor = worked.get(one.subject.id)?.floor ?? { kind: "impossible" };
    return { ...one, floor, doubt: doubtOf(one.subject, floor) };
  });
  return {
    lines: lines.length,
    same: told.length - changed.length,
    changes,
    findings: [
      ...lines.flatMap(unreadable),
      ...readable
        .filter(({ article }) => !known.has(article))
        .map(({ line, article }) => ({ kind: "unknown" as const, line, article, name: null })),
      ...changes.flatMap(({ line, subject, doubt }) =>
        doubt ? [{ kind: "doubtful" as const, ...nameOf(line, subject), ...doubt }] : [],
      ),
    ],
  };
}

const nameOf = ({ line, article }: SaidLine, { name }: ImportSubject) => ({ line, article, name });

function unreadable({ line, article, problems }: SaidLine): ImportFinding[] {
  const [problem] = problems;
  return problem ? [{ kind: "unreadable", line, article, name: null, ...problem }] : [];
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
  const ids = changes.map(({ subject }) => subject.id);
  await lockProducts(tx, ids);
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

function emptyReport(): ImportReport {
  const nothing = { lines: 0, changes: 0, same: 0, unknown: 0, unreadable: 0, doubtful: 0 };
  return { ...nothing, floors: 0, missing: 0, findings: [] };
}

function count(report: ImportReport, batch: Batch, confirm: boolean): void {
  const made = batch.changes.filter(({ doubt }) => confirm || doubt === null);
  const of = (kind: ImportFinding["kind"]) =>
    batch.findings.filter((finding) => finding.kind === kind).length;
  report.lines += batch.lines;
  report.changes += made.length;
  report.same += batch.same;
  report.unknown += of("unknown");
  report.unreadable += of("unreadable");
  report.doubtful += of("doubtful");
  report.floors += made.filter(({ floor }) => floor.kind === "floor").length;
  report.missing += made.filter(({ floor }) => floor.kind !== "floor").length;
  report.findings.push(...batch.findings.slice(0, MOST_FINDINGS - report.findings.length));
}
