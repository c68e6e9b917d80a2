import type { TableField, TableValue } from "./field-model";

/** What a cell of a file would do, as far as it would do anything. */
export type PlannedCell = {
  line: number;
  article: string;
  productId: string;
  field: TableField;
  kind: "change" | "conflict" | "error";
  /** Why it cannot be carried out. */
  why: string | null;
  /** It makes a floor under half of the price. */
  isDoubtful: boolean;
  /** Of a conflict: the file's word counts. */
  isTaken: boolean;
  /** What was exported; null too where nothing is known of it. */
  base: TableValue;
  before: TableValue;
  after: TableValue;
};

/** A line of which nothing can be carried out. */
export type FailedLine = {
  line: number;
  article: string;
  productId: string | null;
  why: string;
};

/** Whether the file's word is to be carried out. */
export const isAccepted = ({ kind, isTaken }: Pick<PlannedCell, "kind" | "isTaken">): boolean =>
  kind === "change" || (kind === "conflict" && isTaken);
