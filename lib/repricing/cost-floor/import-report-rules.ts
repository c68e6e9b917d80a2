import type { Tenge } from "@/lib/core/money";
import type { Costs, Floor } from "@/lib/costs/model";
import type { ImportSubject } from "./cost-import-queries";
import type { SaidLine } from "./cost-lines";
import type { ImportedStore, ImportFinding, ImportReport } from "./import-model";

const MOST_FINDINGS = 200;

/** What a line changes of a product. */
export type Change = {
  line: SaidLine;
  subject: ImportSubject;
  before: Costs;
  after: Costs;
  floor: Floor;
  doubt: { floor: Tenge; price: Tenge } | null;
};
/** The products of a batch that a file says something of. */
export type Judged = { same: ImportSubject[]; changes: Change[] };
/** The changes that a file makes: not those a person is to see first. */
export const made = ({ changes }: Judged, confirm: boolean) =>
  changes.filter(({ doubt }) => confirm || doubt === null);

export const emptyReport = {
  lines: 0,
  changes: 0,
  same: 0,
  unknown: 0,
  unreadable: 0,
  doubtful: 0,
  floors: 0,
  missing: 0,
};

/** The report with a batch more in it. */
export function count(report: ImportReport, judged: Judged, confirm: boolean): void {
  const changes = made(judged, confirm);
  const doubtful = judged.changes.flatMap(({ line, subject, doubt }): ImportFinding[] => {
    const about = { line: line.line, article: line.article, name: subject.name };
    const { storeName } = subject;
    return doubt ? [{ kind: "doubtful", ...about, storeName, ...doubt }] : [];
  });
  report.changes += changes.length;
  report.same += judged.same.length;
  report.doubtful += doubtful.length;
  report.floors += changes.filter(({ floor }) => floor.kind === "floor").length;
  report.missing += changes.filter(({ floor }) => floor.kind !== "floor").length;
  report.findings.push(...doubtful);
  for (const { subject } of changes) storeIn(report, subject).changes += 1;
  for (const subject of judged.same) storeIn(report, subject).same += 1;
}

function storeIn({ stores }: ImportReport, { storeId, storeName }: ImportSubject): ImportedStore {
  const known = stores.find(({ id }) => id === storeId);
  if (known) return known;
  const store = { id: storeId, name: storeName, changes: 0, same: 0 };
  stores.push(store);
  return store;
}

const urgency: ImportFinding["kind"][] = ["doubtful", "unreadable", "unknown", "several"];

/** With the findings that are shown: first of all those that wait for a person's word. */
export function closed(report: ImportReport): ImportReport {
  const findings = report.findings
    .toSorted((one, other) => urgency.indexOf(one.kind) - urgency.indexOf(other.kind))
    .slice(0, MOST_FINDINGS);
  const stores = report.stores.toSorted((one, other) => one.name.localeCompare(other.name));
  return { ...report, stores, findings };
}
