import type { Tx } from "@/lib/db/client";
import type { WorstCase } from "@/lib/repricing/bulk/bulk-model";
import type { FieldsOutcome } from "@/lib/repricing/bulk/fields-rules";
import { type FieldsWanted, tryFields } from "@/lib/repricing/bulk/try-fields";
import { blamedOf, isOfPrice, makesFloor } from "./blame-rules";
import { isAccepted, type PlannedCell } from "./plan-model";
import type { TableRow } from "./row-queries";
import { wantedOf } from "./row-rules";

/** What a file wants of a product. */
export type Planned = { row: TableRow; cells: readonly PlannedCell[] };

/** The same as it may be carried out; `settled`: what of the product itself becomes otherwise. */
export type Judged = {
  row: TableRow;
  cells: PlannedCell[];
  settled: Pick<Extract<FieldsOutcome, { kind: "fine" }>, "before" | "after"> | null;
};

/** After so many refusals of one product nothing of it is left. */
const MOST_ROUNDS = 6;

/**
 * The cells as the rules for single edits judge them, all accepted ones of a product at once: what is
 * refused becomes an error and the rest is judged again. Low floors are marked. Saves nothing.
 */
export async function judgeCells(
  tx: Tx,
  planned: readonly Planned[],
  now: Date,
): Promise<{ judged: Judged[]; worst: WorstCase | null }> {
  const all = planned.map(fresh);
  let worst: WorstCase | null = null;
  let open = all.filter(({ cells }) => cells.some(isOpen));
  for (let round = 0; open.length > 0 && round < MOST_ROUNDS; round += 1) {
    const outcomes = await tryFields(tx, open.map(wantedFields), now);
    for (const outcome of outcomes)
      if (outcome.kind === "fine") worst = worse(worst, outcome.worst);
    open = open.filter((one, nth) => isToTryAgain(one, outcomes[nth]));
  }
  return { judged: all, worst };
}

const fresh = ({ row, cells }: Planned): Judged => ({
  row,
  cells: cells.map((cell) => ({ ...cell })),
  settled: null,
});

function wantedFields({ row, cells }: Planned): FieldsWanted {
  const { fields, costs } = wantedOf(row, cells.filter(isAccepted).map(toWanted));
  return { product: row, fields, costs };
}

/** Writes down what came of the cells of a product; true: some were refused, and others are left. */
function isToTryAgain(one: Judged, outcome: FieldsOutcome | undefined): boolean {
  const { cells } = one;
  const accepted = cells.filter(isOpen);
  if (outcome?.kind === "refused") {
    for (const cell of blamedOf(outcome.why, accepted)) refuse(cell, outcome.why);
    return cells.some(isOpen);
  }
  one.settled = outcome ?? null;
  for (const cell of accepted)
    cell.isDoubtful = outcome?.isDoubtful === true && makesFloor(cell.field);
  return false;
}

const isOpen = (cell: PlannedCell) => isAccepted(cell) && isOfPrice(cell.field);
const toWanted = ({ field, after }: PlannedCell) => ({ field, value: after });

/** A conflict stays one: it is only not taken. */
function refuse(cell: PlannedCell, why: string): void {
  cell.why = why;
  cell.isDoubtful = false;
  if (cell.kind === "conflict") cell.isTaken = false;
  else cell.kind = "error";
}

/** The deeper of two drops. */
export function worse(one: WorstCase | null, other: WorstCase | null): WorstCase | null {
  if (one === null || other === null) return one ?? other;
  return other.percent < one.percent ? other : one;
}
