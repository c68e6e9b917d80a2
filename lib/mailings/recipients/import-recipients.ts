import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { readRows } from "@/lib/excel/read-rows";
import { MOST_TAGS } from "../model";
import { type ImportFinding, type ImportReport, MOST_LINES } from "./import-model";
import { addressesThere, insertSaid, updateSaid } from "./import-queries";
import { readRecipientLines, type SaidRecipient } from "./recipient-lines";
import { tagsIn } from "./recipient-list-model";
import { tagsSchema } from "./recipient-model";
import { lockAddresses } from "./recipient-write-queries";

const BATCH = 5_000;
const MOST_FINDINGS = 200;

type Request = {
  file: Uint8Array;
  /** Everybody in the file gets these, too. */
  tags: readonly string[];
  /** Those who are there already are changed by what the file says of them. */
  update: boolean;
};

/** Tags that are typed beside the file. Throws `invalid` that says what is wrong with them. */
export function typedTags(text: string): string[] {
  const read = tagsSchema.safeParse(tagsIn(text));
  if (read.success) return read.data;
  throw new AppError("invalid", read.error.issues[0]?.message ?? "invalid");
}

/** What a file of recipients would do. Saves nothing. Throws `invalid` for a file that is no such file. */
export async function previewRecipients(
  tx: Tx,
  caller: Caller,
  request: Request,
): Promise<ImportReport> {
  const { report, said } = await readFile(caller, request);
  for (const batch of batchesOf(said)) count(report, await judge(tx, caller, batch), request);
  return closed(report);
}

/** Adds the recipients of a file, all of them or none. Throws as `previewRecipients` does. */
export async function importRecipients(
  db: Db,
  caller: Caller,
  request: Request,
  now: Date,
): Promise<ImportReport> {
  const { report, said } = await readFile(caller, request);
  await db.transaction(async (tx) => {
    await lockAddresses(tx, caller.id);
    for (const batch of batchesOf(said)) {
      const judged = await judge(tx, caller, batch);
      await insertSaid(tx, caller.id, judged.fresh, now);
      if (request.update) await updateSaid(tx, caller.id, judged.there, now);
      count(report, judged, request);
    }
    const { added, updated } = report;
    if (added + updated > 0)
      await audit(tx, {
        ...{ at: now, userId: caller.id, subjectId: caller.id },
        action: "recipient.imported",
        details: { count: added, updated },
      });
  });
  return closed(report);
}

type Read = { report: ImportReport; said: SaidRecipient[] };

/** The lines that can be read, each address once, and a report of the others. */
async function readFile(caller: Caller, { file, tags }: Request): Promise<Read> {
  requirePermission(caller, "edit_mailing");
  const rows = await readRows(file);
  // One more is the head.
  if (rows.length > MOST_LINES + 1) throw new AppError("invalid", "recipients_lines");
  const lines = await readRecipientLines(rows);
  if (!lines) throw new AppError("invalid", "recipients_columns");
  const firstLines = new Map<string, number>();
  const findings: ImportFinding[] = [];
  const said: SaidRecipient[] = [];
  for (const one of lines.map((read) => withTags(read, tags))) {
    const { line, email, problem } = one;
    const key = email.toLowerCase();
    const firstLine = firstLines.get(key);
    if (problem) findings.push({ kind: "unreadable", line, email, ...problem });
    else if (firstLine !== undefined) findings.push({ kind: "twice", line, email, firstLine });
    else {
      firstLines.set(key, line);
      said.push(one);
    }
  }
  const unreadable = findings.filter(({ kind }) => kind === "unreadable").length;
  const counts = { unreadable, twice: findings.length - unreadable };
  return {
    report: { lines: lines.length, added: 0, updated: 0, there: 0, ...counts, findings },
    said,
  };
}

/** One line with the tags of all; too many of them is a fault of the line. */
function withTags(said: SaidRecipient, tags: readonly string[]): SaidRecipient {
  const all = [...new Set([...said.tags, ...tags])];
  if (all.length <= MOST_TAGS) return { ...said, tags: all };
  return { ...said, problem: said.problem ?? { column: "tags", key: "tags_many" } };
}

function* batchesOf(said: readonly SaidRecipient[]): Generator<SaidRecipient[]> {
  for (let from = 0; from < said.length; from += BATCH) yield said.slice(from, from + BATCH);
}

type Judged = { fresh: SaidRecipient[]; there: SaidRecipient[]; full: SaidRecipient[] };

async function judge(tx: Tx, caller: Caller, batch: readonly SaidRecipient[]): Promise<Judged> {
  const keyOf = ({ email }: SaidRecipient) => email.toLowerCase();
  const held = await addressesThere(tx, caller.id, batch.map(keyOf));
  const known = batch.filter((one) => held.has(keyOf(one)));
  const isFull = (one: SaidRecipient) =>
    new Set([...(held.get(keyOf(one)) ?? []), ...one.tags]).size > MOST_TAGS;
  return {
    fresh: batch.filter((one) => !held.has(keyOf(one))),
    there: known.filter((one) => !isFull(one)),
    full: known.filter(isFull),
  };
}

function count(report: ImportReport, { fresh, there, full }: Judged, { update }: Request): void {
  report.added += fresh.length;
  report.there += there.length + full.length;
  if (update) report.updated += there.length;
  const left = update ? full : [...there, ...full];
  const kind = update ? "full" : "there";
  for (const { line, email } of left) report.findings.push({ kind, line, email });
}

const urgency: ImportFinding["kind"][] = ["unreadable", "full", "twice", "there"];

/** With the findings that are shown: first of all what a person can put right. */
function closed(report: ImportReport): ImportReport {
  const findings = report.findings
    .toSorted(
      (one, other) =>
        urgency.indexOf(one.kind) - urgency.indexOf(other.kind) || one.line - other.line,
    )
    .slice(0, MOST_FINDINGS);
  return { ...report, findings };
}
