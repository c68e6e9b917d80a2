import type { Tx } from "@/lib/db/client";
import type { WorstCase } from "@/lib/repricing/bulk/bulk-model";
import type { FieldsOutcome } from "@/lib/repricing/bulk/fields-rules";
import { type FieldsWanted, tryFields } from "@/lib/repricing/bulk/try-fields";
import { worse } from "@/lib/repricing/bulk/worst-case-model";
import { blamedOf, isOfPrice, makesFloor } from "./blame-rules";
import { isPreorderField } from "./field-model";
import { isAccepted, type PlannedCell } from "./plan-model";
import { whyNoPreorder } from "./preorder-rules";
import type { TableRow } from "./row-queries";
import { wantedOf } from "./row-rules";
import { BESIDE_CONFLICT, besideError, isErrorOfPrice } from "./together-rules";

/** What a file wants of a product. */
export type Planned = { row: TableRow; cells: readonly PlannedCell[] };

/** The same as it may be carried out; `settled`: what of the product itself becomes otherwise. */
export type Judged = {
  row: TableRow;
  cells: PlannedCell[];
  settled: Pick<Extract<FieldsOutcome, { kind: "fine" }>, "before" | "after"> | null;
};

/**
 * What falls where the cells that are to blame do: the others of a product with them, for no price is to be
 * held by half of what was meant; or they alone, where each goes back to what it was.
 */
type Falling = "together" | "alone";

/**
 * The cells as the rules for single edits judge them, all accepted ones of a product at once: what is
 * refused becomes an error, and what is left is judged again. Low floors are marked. Saves nothing.
 */
export async function judgeCells(
  tx: Tx,
  planned: readonly Planned[],
  now: Date,
  falling: Falling = "together",
): Promise<{ judged: Judged[]; worst: WorstCase | null }> {
  const all = planned.map(fresh);
  for (const one of all) refusePreorder(one);
  let worst: WorstCase | null = null;
  let open = all.filter(({ cells }) => cells.some(isOpen));
  while (open.length > 0) {
    const outcomes = await tryFields(tx, open.map(wantedFields), now);
    for (const outcome of outcomes)
      if (outcome.kind === "fine") worst = worse(worst, outcome.worst);
    open = open.filter((one, nth) => isToTryAgain(one, outcomes[nth], falling));
  }
  return { judged: all, worst };
}

const fresh = ({ row, cells }: Planned): Judged => ({
  row,
  cells: cells.map((cell) => ({ ...cell })),
  settled: null,
});

/** The cells of a preorder stand or fall together, and by themselves. */
function refusePreorder({ row, cells }: Judged): void {
  const accepted = cells.filter((cell) => isAccepted(cell) && isPreorderField(cell.field));
  const { preorder } = wantedOf(row, accepted.map(toWanted));
  const why = preorder && whyNoPreorder(row, preorder);
  if (why) for (const cell of accepted) refuse(cell, why);
}

function wantedFields({ row, cells }: Planned): FieldsWanted {
  const { fields, costs } = wantedOf(row, cells.filter(isAccepted).map(toWanted));
  return { product: row, fields, costs };
}

/** Writes down what came of the cells of a product; true: some were refused, and others are left. */
function isToTryAgain(one: Judged, outcome: FieldsOutcome | undefined, falling: Falling): boolean {
  const { cells } = one;
  const accepted = cells.filter(isOpen);
  if (outcome?.kind === "refused") {
    for (const cell of blamedOf(outcome.why, accepted)) refuse(cell, outcome.why);
    if (falling === "together") fallTogether(cells);
    return cells.some(isOpen);
  }
  one.settled = outcome ?? null;
  for (const cell of accepted)
    cell.isDoubtful = outcome?.isDoubtful === true && makesFloor(cell.field);
  return false;
}

/** Beside an error no other cell of price counts; beside a disputed one that fell, no other that was taken. */
function fallTogether(cells: PlannedCell[]): void {
  const others = cells.filter(({ field, kind }) => isOfPrice(field) && kind !== "error");
  if (cells.some(isErrorOfPrice)) for (const cell of others) Object.assign(cell, besideError);
  else
    for (const cell of others.filter((one) => one.kind === "conflict" && one.isTaken)) {
      cell.isTaken = false;
      cell.why = BESIDE_CONFLICT;
    }
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
