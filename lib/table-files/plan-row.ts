import { storable } from "@/lib/core/text";
import { harmless } from "@/lib/excel/harmless";
import { codeOf, isRuleField, type TableField, type TableValue } from "./field-model";
import { isAsWritten, mergeCell } from "./merge-rules";
import type { PlannedCell } from "./plan-model";
import { type Reading, readCell } from "./read-cell";
import type { TableRow } from "./row-queries";
import { cellValue } from "./row-rules";
import type { TableLine } from "./table-model";
import { clears } from "./words";

/** What was exported of a product; absent fields were not, null: nothing is known of it. */
export type Base = ReadonlyMap<TableField, TableValue> | null;

/** What each cell of a line would do to its product; those that would do nothing are left out. */
export function planRow(row: TableRow, line: TableLine, base: Base): PlannedCell[] {
  const planned: PlannedCell[] = [];
  for (const [field, text] of line.cells) {
    const exported = base?.get(field);
    const said = saidBy(field, text, exported);
    if (said === null) continue;
    const cell = planCell(row, field, { said, text, exported });
    if (cell)
      planned.push({ ...cell, field, line: line.line, article: row.sku, productId: row.id });
  }
  return planned;
}

/** Null: it says nothing. In a table of ours an empty cell takes a value away, in any other it is no word. */
function saidBy(field: TableField, text: string, exported: TableValue | undefined): Reading | null {
  if (text === "") return exported === undefined || field === "bot" ? null : { value: null };
  if (typeof exported === "string" && field === "note")
    if (isAsWritten(text, exported) || isAsWritten(text, harmless(exported)))
      return { value: exported };
  if (clears(text)) return field === "bot" ? { problem: "bot_cleared" } : { value: null };
  return readCell(field, text);
}

type Verdict = Pick<
  PlannedCell,
  "kind" | "why" | "isDoubtful" | "isTaken" | "base" | "before" | "after"
>;

function planCell(
  row: TableRow,
  field: TableField,
  { said, text, exported }: { said: Reading; text: string; exported: TableValue | undefined },
): Verdict | null {
  const before = cellValue(row, field);
  const about = { isDoubtful: false, isTaken: false, base: exported ?? null, before };
  const error = (why: string, after: TableValue): Verdict => ({
    ...about,
    kind: "error",
    why,
    after,
  });
  // What cannot be read is shown as it was written.
  if ("problem" in said) return error(said.problem, { said: storable(text.slice(0, 200)) });
  const after = said.value;
  const merged = mergeCell({ base: exported, theirs: after, ours: before });
  if (merged === "same") return null;
  const obstacle = obstacleTo(row, field);
  return obstacle ? error(obstacle, after) : { ...about, kind: merged, why: null, after };
}

/** Why nobody, or not this person, can set it. */
export function obstacleTo(row: TableRow, field: TableField): string | null {
  const isOfRule = isRuleField(field);
  if (!(isOfRule ? row.mayChangeRule : row.mayChangePrice)) return "read_only";
  if (isOfRule && row.rule === null) return "rule_unreadable";
  const code = codeOf(field);
  return code !== null && !row.points.has(code) ? "point_unknown" : null;
}
