import type { Tenge } from "@/lib/core/money";
import type { SheetColumn } from "./cost-lines";

/** Why a line of the file changes nothing, waits for a word, or changes more than one product. */
export type ImportFinding = {
  line: number;
  article: string;
  name: string | null;
} & (
  | { kind: "unknown" }
  | { kind: "unreadable"; column: SheetColumn; key: string }
  /** The floor from cost would be under half of the price. */
  | { kind: "doubtful"; storeName: string; floor: Tenge; price: Tenge }
  /** Several stores have this article: the line is about all of them. */
  | { kind: "several"; storeNames: string[] }
);

/** The share of one store in it. */
export type ImportedStore = { id: string; name: string; changes: number; same: number };

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
  /** Where: in each of these stores. */
  stores: ImportedStore[];
  /** The first of them. */
  findings: ImportFinding[];
};
