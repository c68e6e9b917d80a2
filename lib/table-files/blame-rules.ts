import type { BulkWhy } from "@/lib/repricing/bulk/bulk-model";
import { isPreorderField, isRuleField, type TableField } from "./field-model";

const blamed: Partial<Record<BulkWhy, readonly TableField[]>> = {
  floor_above_ceiling: ["floor", "ceiling", "ceilingMarkup", "floorFromCost"],
  price_below_minimum: ["floor", "ceiling"],
  bot_needs_floor: ["bot", "floorFromCost"],
  costs_missing: ["floorFromCost"],
};

/** Whether a cell has to do with prices at all: counts, preorders and notes are never refused by them. */
export const isOfPrice = (field: TableField): boolean =>
  field !== "note" && !field.startsWith("stock:") && !isPreorderField(field);

/** Of the cells of a product those that are why it cannot be; all of them where none is. */
export function blamedOf<Cell extends { field: TableField }>(
  why: BulkWhy,
  cells: readonly Cell[],
): Cell[] {
  const fields = blamed[why] ?? [];
  const guilty = cells.filter(({ field }) => fields.includes(field));
  return guilty.length > 0 ? guilty : cells.filter(({ field }) => isOfPrice(field));
}

/** The cells that make a floor: those a person is asked about when it is a low one. */
export const makesFloor = (field: TableField): boolean =>
  isOfPrice(field) &&
  field !== "bot" &&
  field !== "ceiling" &&
  (!isRuleField(field) || field === "floorFromCost");
