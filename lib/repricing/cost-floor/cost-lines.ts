import type { CostField, Costs } from "@/lib/costs/model";
import type { SheetRow } from "@/lib/excel/sheet-model";
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

/** Null: no column of articles, or none with values. Headers of every language are understood. */
export function readCostLines([head, ...rows]: readonly SheetRow[]): SaidLine[] | null {
  const places = placesOf(head?.cells ?? []);
  const articleAt = places.get("article");
  const values = [...places].filter(([column]) => column !== "article" && column !== "name");
  if (articleAt === undefined || values.length === 0) return null;
  const seen = new Set<string>();
  return rows.map(({ line, cells }) => {
    const article = cells[articleAt] ?? "";
    const problems: SaidLine["problems"] = [];
    if (article === "") problems.push({ column: "article", key: "field_empty" });
    else if (seen.has(article)) problems.push({ column: "article", key: "article_twice" });
    seen.add(article);
    const costs: Partial<Costs> = {};
    for (const [column, at] of values) {
      const read = sheetFields[column as ValueColumn].safeParse(cells[at] ?? "");
      if (!read.success) problems.push({ column, key: read.error.issues[0]?.message ?? "invalid" });
      else if (read.data !== null) Object.assign(costs, { [column as CostField]: read.data });
    }
    return { line, article, costs, problems };
  });
}

function placesOf(head: readonly string[]): Map<SheetColumn, number> {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[\s,.₸%()]+/g, " ")
      .trim();
  const known = new Map<string, SheetColumn>([["sku", "article"]]);
  for (const locale of locales)
    for (const column of sheetColumns)
      known.set(plain(headerOf(translator(locale), column)), column);
  const places = new Map<SheetColumn, number>();
  for (const [nth, text] of head.entries()) {
    const column = known.get(plain(text));
    if (column && !places.has(column)) places.set(column, nth);
  }
  return places;
}
