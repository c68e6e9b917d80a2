import { setImmediate as turnOfOthers } from "node:timers/promises";
import type { CostField, Costs } from "@/lib/costs/model";
import { placesOfColumns, plainHeader } from "@/lib/excel/header-model";
import { isCut, type SheetRow } from "@/lib/excel/sheet-model";
import { locales } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import { translator } from "@/lib/i18n/translator";
import { sheetFields } from "./cost-form";

/** The columns of the file, in their order. The name is for people only. */
export const sheetColumns = [
  "article",
  "name",
  "cost",
  "packaging",
  "other",
  "returns",
  "weightGrams",
  "minProfit",
  "minMargin",
] as const;
export type SheetColumn = (typeof sheetColumns)[number];
type ValueColumn = Exclude<SheetColumn, "article" | "name">;

export const headerOf = (t: Translator, column: SheetColumn) => t(`costs.sheet.${column}`);

/** What a line of the file says: an empty cell says nothing. */
export type SaidLine = {
  line: number;
  article: string;
  costs: Partial<Costs>;
  /** The columns that could not be read, with the key of the error. */
  problems: { column: SheetColumn; key: string }[];
};

/** Read at a stretch; then others have their turn. */
const STRETCH = 2_000;

/** Null: no column of articles, or none with values. Headers of every language are understood. */
export async function readCostLines([head, ...rows]: readonly SheetRow[]): Promise<
  SaidLine[] | null
> {
  const places = placesOf(head?.cells ?? []);
  const articleAt = places.get("article");
  const values = [...places].filter(isValue);
  if (articleAt === undefined || values.length === 0) return null;
  const seen = new Set<string>();
  const lines: SaidLine[] = [];
  for (const { line, cells } of rows) {
    if (lines.length % STRETCH === STRETCH - 1) await turnOfOthers();
    const article = cells[articleAt] ?? "";
    const { costs, problems } = readValues(values, cells);
    const key = articleProblem(article, seen);
    if (key) problems.unshift({ column: "article", key });
    seen.add(article);
    lines.push({ line, article, costs, problems });
  }
  return lines;
}

type Value = [ValueColumn, number];

const isValue = (place: [SheetColumn, number]): place is Value =>
  place[0] !== "article" && place[0] !== "name";

function articleProblem(article: string, seen: ReadonlySet<string>): string | null {
  if (article === "") return "field_empty";
  if (isCut(article)) return "text_too_long";
  return seen.has(article) ? "article_twice" : null;
}

function readValues(
  values: readonly Value[],
  cells: readonly string[],
): Pick<SaidLine, "costs" | "problems"> {
  const costs: Partial<Costs> = {};
  const problems: SaidLine["problems"] = [];
  for (const [column, at] of values) {
    const cell = cells[at] ?? "";
    const read = sheetFields[column].safeParse(cell);
    if (isCut(cell)) problems.push({ column, key: "text_too_long" });
    else if (!read.success)
      problems.push({ column, key: read.error.issues[0]?.message ?? "invalid" });
    else if (read.data !== null) Object.assign(costs, { [column as CostField]: read.data });
  }
  return { costs, problems };
}

function placesOf(head: readonly string[]): Map<SheetColumn, number> {
  const known = new Map<string, SheetColumn>([["sku", "article"]]);
  for (const locale of locales)
    for (const column of sheetColumns)
      known.set(plainHeader(headerOf(translator(locale), column)), column);
  return placesOfColumns(head, (text) => known.get(plainHeader(text)));
}
