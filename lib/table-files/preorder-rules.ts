import { LOWEST_KASPI_PRICE } from "@/lib/core/money";
import { codeOfPoint, type PreorderField, type TableValue } from "./field-model";
import type { TableRow } from "./row-queries";

/** How many are to come, by the code of the point. */
export type Pieces = Readonly<Record<string, number>>;

/** A preorder as two cells say it; both null: there is none. */
export type PreorderTerms = { days: number | null; points: Pieces | null };

type Row = Pick<TableRow, "preorder">;

/** One that is about to end counts as none. */
export function termsOf({ preorder }: Row): PreorderTerms {
  if (preorder === null || preorder.ending !== null) return { days: null, points: null };
  const pieces = preorder.points
    .filter(({ quantity }) => quantity > 0)
    .map(({ pointId, quantity }) => [codeOfPoint(pointId), quantity]);
  return { days: preorder.leadDays, points: Object.fromEntries(pieces) };
}

export function preorderValue(row: Row, field: PreorderField): TableValue {
  const { days, points } = termsOf(row);
  return field === "preorderDays" ? days : points;
}

/** The terms with the value of one cell of them. */
export const withTerm = (
  terms: PreorderTerms,
  field: PreorderField,
  value: TableValue,
): PreorderTerms =>
  field === "preorderDays"
    ? { ...terms, days: value as number | null }
    : { ...terms, points: value as Pieces | null };

/** Why a product cannot have a preorder of these terms, or lose its own; null: it can. */
export function whyNoPreorder(
  row: Pick<TableRow, "preorder" | "points" | "isGone" | "price">,
  { days, points }: PreorderTerms,
): string | null {
  if (row.preorder?.ending) return "preorder_ending";
  if (days === null && points === null) return null;
  if (days === null || points === null) return "preorder_half";
  if (Object.keys(points).some((code) => !row.points.has(code))) return "point_unknown";
  if (row.preorder) return null;
  if (row.isGone) return "preorder_product_gone";
  if (row.price === null) return "preorder_no_price";
  return row.price < LOWEST_KASPI_PRICE ? "price_below_minimum" : null;
}
