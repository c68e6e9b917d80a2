import { setImmediate as turnOfOthers } from "node:timers/promises";
import type { z } from "zod";
import { unharmed } from "@/lib/excel/harmless";
import { placesOfColumns, plainHeader } from "@/lib/excel/header-model";
import { isCut, type SheetRow } from "@/lib/excel/sheet-model";
import { locales } from "@/lib/i18n/locales";
import { type Translator, translator } from "@/lib/i18n/translator";
import { type RecipientColumn, recipientColumns } from "./recipient-columns-model";
import { tagsIn } from "./recipient-list-model";
import { addressSchema, commentSchema, fullNameSchema, tagsSchema } from "./recipient-model";

export const columnName = (t: Translator, column: RecipientColumn) =>
  t(`recipients.sheet.${column}`);

/** What a line says; what could not be read of it is in `problem`. */
export type SaidRecipient = {
  line: number;
  email: string;
  fullName: string;
  comment: string;
  tags: string[];
  problem: { column: RecipientColumn; key: string } | null;
};

/** Read at a stretch; then others have their turn. */
const STRETCH = 2_000;

/** Null: no column of addresses. Headers of every language are understood, and those that mail programs write. */
export async function readRecipientLines([head, ...rows]: readonly SheetRow[]): Promise<
  SaidRecipient[] | null
> {
  const places = placesOf(head?.cells ?? []);
  if (!places.has("email")) return null;
  const lines: SaidRecipient[] = [];
  for (const { line, cells } of rows) {
    if (lines.length % STRETCH === STRETCH - 1) await turnOfOthers();
    lines.push(readLine(line, (column) => cells[places.get(column) ?? -1] ?? ""));
  }
  return lines;
}

function readLine(line: number, cellOf: (column: RecipientColumn) => string): SaidRecipient {
  const long = recipientColumns.find((column) => isCut(cellOf(column)));
  const problems: SaidRecipient["problem"][] = long ? [{ column: long, key: "text_too_long" }] : [];
  const read = <T>(column: RecipientColumn, schema: z.ZodType<T>, said: unknown, empty: T): T => {
    const result = schema.safeParse(said);
    if (result.success) return result.data;
    problems.push({ column, key: result.error.issues[0]?.message ?? "invalid" });
    return empty;
  };
  const text = (column: RecipientColumn) => unharmed(cellOf(column));
  const email = read("email", addressSchema, text("email"), cellOf("email"));
  const fullName = read("name", fullNameSchema, text("name"), "");
  const tags = read("tags", tagsSchema, tagsIn(text("tags")), []);
  const comment = read("comment", commentSchema, text("comment"), "");
  return { line, email, fullName, comment, tags, problem: problems[0] ?? null };
}

/** As exports of mail programs and sellers' own lists call them. */
const alsoCalled: readonly (readonly [string, RecipientColumn])[] = [
  ["email", "email"],
  ["e-mail", "email"],
  ["mail", "email"],
  ["почта", "email"],
  ["эл почта", "email"],
  ["электронная почта", "email"],
  ["пошта", "email"],
  ["адрес", "email"],
  ["адрес почты", "email"],
  ["мекенжай", "email"],
  ["address", "email"],
  ["email address", "email"],
  ["имя", "name"],
  ["фио", "name"],
  ["full name", "name"],
  ["name", "name"],
  ["аты", "name"],
  ["теги", "tags"],
  ["tags", "tags"],
  ["заметка", "comment"],
  ["comment", "comment"],
];

function placesOf(head: readonly string[]): Map<RecipientColumn, number> {
  const known = new Map<string, RecipientColumn>(alsoCalled);
  for (const locale of locales)
    for (const column of recipientColumns)
      known.set(plainHeader(columnName(translator(locale), column)), column);
  return placesOfColumns(head, (text) => known.get(plainHeader(text)));
}
