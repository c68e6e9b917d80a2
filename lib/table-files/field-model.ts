/** What a product costs, as the file of costs has it. */
export const costFields = [
  "cost",
  "packaging",
  "other",
  "returns",
  "weightGrams",
  "minProfit",
  "minMargin",
] as const;
export type CostTableField = (typeof costFields)[number];

/** Of a rule what fits a cell; the rest is set on the pages. */
export const ruleFields = [
  "strategy",
  "step",
  "whenAlone",
  "whenFirst",
  "whenBlocked",
  "floorFromCost",
  "ceilingMarkup",
  "maxDrop",
  "maxRise",
  "freeze",
  "intervalMinutes",
] as const;
export type RuleTableField = (typeof ruleFields)[number];

/** Days until the goods of a preorder arrive, and how many are to come, by the code of the point. */
export const preorderFields = ["preorderDays", "preorderPoints"] as const;
export type PreorderField = (typeof preorderFields)[number];

export const plainFields = [
  "bot",
  "floor",
  "ceiling",
  ...costFields,
  ...ruleFields,
  ...preorderFields,
  "note",
] as const;
export type PlainField = (typeof plainFields)[number];

/** The seller's own count at the point of that code, `PP1`. */
export type StockField = `stock:${string}`;
/** A column that people may change. */
export type TableField = PlainField | StockField;

/** Columns that are there to be read: changed in a file, they change nothing. */
export const readOnlyColumns = [
  "name",
  "brand",
  "category",
  "price",
  "place",
  "places",
  "rival",
  "kaspiStock",
  "store",
  "city",
] as const;
export type ReadOnlyColumn = (typeof readOnlyColumns)[number];

/** More of them do not fit beside the others; no seller was seen with more than 33. */
export const MOST_POINTS = 50;

/** `30067228_PP1` is called PP1 in a header. */
export const codeOfPoint = (pointId: string) => pointId.replace(/^\d+_/, "").toUpperCase();

export const stockField = (code: string): StockField => `stock:${code}`;
export const codeOf = (field: TableField): string | null =>
  field.startsWith("stock:") ? field.slice("stock:".length) : null;

export const isRuleField = (field: TableField): field is RuleTableField =>
  (ruleFields as readonly string[]).includes(field);
export const isCostField = (field: TableField): field is CostTableField =>
  (costFields as readonly string[]).includes(field);
export const isPreorderField = (field: TableField): field is PreorderField =>
  (preorderFields as readonly string[]).includes(field);

/** A value of a cell as JSON has it; null: not set, or as the store's rule says. */
export type TableValue =
  | null
  | boolean
  | number
  | string
  | { [name: string]: TableValue | undefined };
