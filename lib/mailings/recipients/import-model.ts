import { z } from "zod";
import type { RecipientColumn } from "./recipient-columns-model";

/** Of one file; what is larger is sent in parts. */
export const MOST_LINES = 100_000;

/** What a person says with the file. */
export const importSchema = z.object({
  act: z.enum(["look", "save"]),
  /** Names and comments of those who are there already are taken from the file, and tags are added. */
  update: z.enum(["", "on"]).default(""),
});

/** Why a line of the file adds nobody. */
export type ImportFinding = { line: number; email: string } & (
  | { kind: "unreadable"; column: RecipientColumn; key: string }
  /** The address stands in that line, too. */
  | { kind: "twice"; firstLine: number }
  | { kind: "there" }
  /** With those of the file they would have too many tags. */
  | { kind: "full" }
);

/** What a file would do, or has done. */
export type ImportReport = {
  lines: number;
  added: number;
  /** Of those who are there already. */
  updated: number;
  there: number;
  twice: number;
  unreadable: number;
  /** The first of them. */
  findings: ImportFinding[];
};
