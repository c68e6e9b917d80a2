import { isOfPrice } from "./blame-rules";
import type { PlannedCell } from "./plan-model";

/** What a cell of price becomes for another of its product that is an error. */
export const besideError = {
  kind: "error",
  why: "beside_error",
  isTaken: false,
  isDoubtful: false,
} as const;

export const isErrorOfPrice = ({ kind, field }: Pick<PlannedCell, "kind" | "field">): boolean =>
  kind === "error" && isOfPrice(field);

/** Why a disputed cell waits for another one of its product. */
export const BESIDE_CONFLICT = "beside_conflict";

/**
 * The cells of a product, of which those of price count together or not at all: beside one that cannot be
 * carried out the others cannot either, and beside a disputed one a bot that is to come on is disputed too.
 */
export function heldTogether(cells: readonly PlannedCell[]): PlannedCell[] {
  if (cells.some(isErrorOfPrice))
    return cells.map((cell) =>
      isOfPrice(cell.field) && cell.kind !== "error" ? { ...cell, ...besideError } : cell,
    );
  return cells.some(isDisputed) ? botWaits(cells.map(disputedIfOn)) : [...cells];
}

/** Until all that is disputed beside it is taken from the file, a bot does not come on by it. */
export function botWaits<Cell extends PlannedCell>(cells: readonly Cell[]): Cell[] {
  const isOpen = cells.some((cell) => isDisputed(cell) && cell.field !== "bot" && !cell.isTaken);
  return cells.map((cell) => {
    if (!isDisputed(cell) || !comesOn(cell)) return cell;
    if (isOpen) return { ...cell, isTaken: false, why: BESIDE_CONFLICT };
    return cell.why === BESIDE_CONFLICT ? { ...cell, why: null } : cell;
  });
}

const isDisputed = ({ kind, field }: PlannedCell) => kind === "conflict" && isOfPrice(field);
const comesOn = ({ field, after }: PlannedCell) => field === "bot" && after === true;
const disputedIfOn = (cell: PlannedCell): PlannedCell =>
  cell.kind === "change" && comesOn(cell) ? { ...cell, kind: "conflict" } : cell;
