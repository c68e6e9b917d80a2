import type { SheetColumn } from "@/lib/excel/sheet-model";
import type { AuditRow } from "./queries";
import type { AuditWords } from "./words";

type Header =
  | "at"
  | "who"
  | "what"
  | "subject"
  | "store"
  | "changes"
  | "facts"
  | "from"
  | "key"
  | "request"
  | "run"
  | "id";

/** An entry of the file: what is kept, and what it says. */
export type AuditSheetRow = { entry: AuditRow; words: AuditWords };

const changesText = ({ changes }: AuditWords) =>
  changes
    .map(({ label, before, after }) => `${label === null ? "" : `${label}: `}${before} → ${after}`)
    .join("; ");
const factsText = ({ facts }: AuditWords) =>
  facts.map(({ label, value }) => `${label}: ${value}`).join("; ");

/** The audit as a sheet; its order is the order of the file. */
export function auditSheet(header: (name: Header) => string): SheetColumn<AuditSheetRow>[] {
  const column = (
    name: Header,
    width: number,
    value: SheetColumn<AuditSheetRow>["value"],
  ): SheetColumn<AuditSheetRow> => ({ header: header(name), width, value });
  return [
    column("at", 20, ({ entry }) => entry.at),
    column("who", 24, ({ words }) => words.who),
    column("what", 40, ({ words }) => words.what),
    column("subject", 36, ({ words, entry }) => words.subject ?? entry.subjectId),
    column("store", 20, ({ entry }) => entry.storeName),
    column("changes", 60, ({ words }) => changesText(words)),
    column("facts", 40, ({ words }) => factsText(words)),
    column("from", 24, ({ words }) => words.from),
    column("key", 30, ({ entry }) => entry.keyName),
    column("request", 38, ({ entry }) => entry.requestId),
    column("run", 38, ({ entry }) => entry.runId),
    column("id", 38, ({ entry }) => entry.id),
  ];
}
