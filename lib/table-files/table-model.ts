import type { TableField } from "./field-model";

/** Something of a file that was left aside; the text is `tables.import.remark.<kind>`. */
export type Remark =
  | { kind: "prices" | "preorders" | "uncounted" | "yes_no" | "not_kept"; count: number }
  | { kind: "unknown_columns"; names: string }
  | { kind: "forgotten" };

/** A line of a file that came back; cells as texts. */
export type TableLine = {
  line: number;
  article: string;
  /** By the mark of our export; null: the article says which product is meant. */
  productId: string | null;
  cells: ReadonlyMap<TableField, string>;
};

export type ReadTable = {
  kind: "export" | "table" | "price_list";
  /** The export it carries the mark of. */
  exportId: string | null;
  /** Whose price list it is, where it says so. */
  merchantId: string | null;
  fields: TableField[];
  lines: TableLine[];
  remarks: Remark[];
};

/** Stands over the ids of products in the last column of an export; letters that no program changes. */
export const markOf = (exportId: string) => `duken ${exportId}`;

const mark = /^duken[\s:_-]*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

export const exportIdIn = (header: string): string | null =>
  mark.exec(header.trim())?.[1]?.toLowerCase() ?? null;

/** A file that is still a file of ours however it was called and saved. */
export const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
