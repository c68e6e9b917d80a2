import type { Tenge } from "@/lib/core/money";
import type { SheetColumn } from "./cost-lines";

/** Why a line of the file changes nothing, or waits for a word. */
export type ImportFinding = {
  line: number;
  article: string;
  name: string | null;
} & (
  | { kind: "unknown" }
  | { kind: "unreadable"; column: SheetColumn; key: string }
  /** The floor from cost would be under half of the price. */
  | { kind: "doubtful"; floor: Tenge; price: Tenge }
);

/** What a file would do, or has done. */
export type ImportReport = {
  lines: number;
  changes: number;
  same: number;
  unknown: number;
  unreadable: number;
  /** Of the changes: left alone unless a person has seen them. */
  doubtful: number;
  /** Of the products it changes: how many get a floor, and how many still miss something. */
  floors: number;
  missing: number;
  /** The first of them. */
  findings: ImportFinding[];
};
