import { plainHeader } from "@/lib/excel/header-model";
import { locales } from "@/lib/i18n/locales";
import { type Translator, translator } from "@/lib/i18n/translator";
import {
  codeOf,
  isCostField,
  type PlainField,
  plainFields,
  type ReadOnlyColumn,
  readOnlyColumns,
  stockField,
  type TableField,
} from "./field-model";

/** What stands in a head: a column of the file. */
export type TableColumn = TableField | ReadOnlyColumn | "article";

export function headerOf(t: Translator, column: TableColumn): string {
  if (column === "article" || column === "name") return t(`costs.sheet.${column}`);
  const code = codeOf(column as TableField);
  if (code !== null) return `${t("tables.column.stock")}, ${code}`;
  if (isCostField(column as TableField)) return t(`costs.sheet.${column as "cost"}`);
  return t(`tables.column.${column as "floor"}`);
}

let columns: ReadonlyMap<string, TableColumn> | null = null;
let stocks: readonly string[] = [];

/** The column that a header of any language means, whatever its case. */
export function columnCalled(text: string): TableColumn | undefined {
  columns ??= knownColumns();
  const plain = plainHeader(text);
  const known = columns.get(plain);
  if (known) return known;
  const stock = stocks.find((header) => plain.startsWith(`${header} `));
  const code = stock && plain.slice(stock.length + 1).toUpperCase();
  return code && /^[\w-]{1,40}$/.test(code) ? stockField(code) : undefined;
}

function knownColumns(): Map<string, TableColumn> {
  const known = new Map<string, TableColumn>([["sku", "article"]]);
  const all: TableColumn[] = ["article", ...readOnlyColumns, ...plainFields];
  for (const locale of locales)
    for (const column of all) known.set(plainHeader(headerOf(translator(locale), column)), column);
  stocks = locales.map((locale) => plainHeader(translator(locale)("tables.column.stock")));
  return known;
}

/** Columns whose cells are words, and those words by what they mean. */
const choices = {
  bot: (t: Translator) => ({ on: t("tables.word.on"), off: t("tables.word.off") }),
  strategy: (t: Translator) => ({
    undercut: t("rule.strategy.undercut"),
    match: t("rule.strategy.match"),
    above: t("rule.strategy.above"),
    position: t("rule.strategy.position"),
    average: t("rule.strategy.average"),
    fixed: t("rule.strategy.fixed"),
  }),
  whenAlone: (t: Translator) => ({
    hold: t("rule.whenAlone.hold"),
    ceiling: t("rule.whenAlone.ceiling"),
    climb: t("rule.whenAlone.climb"),
  }),
  whenFirst: (t: Translator) => ({
    hold: t("rule.whenFirst.hold"),
    raise: t("rule.whenFirst.raise"),
  }),
  whenBlocked: (t: Translator) => ({
    floor: t("rule.whenBlocked.floor"),
    next_place: t("rule.whenBlocked.next_place"),
    ceiling: t("rule.whenBlocked.ceiling"),
    hold: t("rule.whenBlocked.hold"),
  }),
  floorFromCost: (t: Translator) => ({
    cost: t("tables.word.cost"),
    typed: t("tables.word.typed"),
  }),
  ceilingMarkup: (t: Translator) => ({ typed: t("tables.word.typed") }),
} satisfies { [Field in PlainField]?: (t: Translator) => Record<string, string> };

type ChoiceField = keyof typeof choices;
export const isChoice = (field: TableField): field is ChoiceField => field in choices;

/** The word for a choice; the choice itself where there is none for it. */
export function wordOf(t: Translator, field: ChoiceField, choice: string): string {
  const words: Record<string, string> = choices[field](t);
  return words[choice] ?? choice;
}

const plainWord = (text: string) => text.toLowerCase().replace(/\s+/g, " ").trim();

const known = new Map<ChoiceField, ReadonlyMap<string, string>>();

/** The choice that a word of any language means. */
export function choiceCalled(field: ChoiceField, text: string): string | undefined {
  const words = known.get(field) ?? wordsOf(field);
  known.set(field, words);
  return words.get(plainWord(text));
}

function wordsOf(field: ChoiceField): Map<string, string> {
  const said = locales.flatMap((locale) => Object.entries(choices[field](translator(locale))));
  return new Map(said.map(([choice, word]) => [plainWord(word), choice]));
}

let clearing: ReadonlySet<string> | null = null;

/** Whether a cell says that there is to be nothing: a dash, or the word for it in any language. */
export function clears(text: string): boolean {
  clearing ??= new Set([
    ...["-", "–", "—", "−"],
    ...locales.map((locale) => plainWord(translator(locale)("tables.word.clear"))),
  ]);
  return clearing.has(plainWord(text));
}
