import { tenge } from "@/lib/core/money";
import { type Costs, noCosts } from "@/lib/costs/model";
import type { SellerState } from "@/lib/repricing/bulk/bulk-model";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import {
  codeOf,
  isCostField,
  isPreorderField,
  isRuleField,
  type RuleTableField,
  type TableField,
  type TableValue,
} from "./field-model";
import { type PreorderTerms, preorderValue, termsOf, withTerm } from "./preorder-rules";
import type { TableRow } from "./row-queries";

/** What a product has in a column now. */
export function cellValue(row: TableRow, field: TableField): TableValue {
  if (isCostField(field)) return row.costs?.[field] ?? null;
  if (isRuleField(field)) return ruleValue(row.rule ?? {}, field);
  if (isPreorderField(field)) return preorderValue(row, field);
  const code = codeOf(field);
  if (code !== null) return row.stocks[row.points.get(code) ?? ""] ?? null;
  switch (field) {
    case "bot":
      return row.botEnabled;
    case "floor":
      return row.floor;
    case "ceiling":
      return row.ceiling;
    default:
      return row.note;
  }
}

/** A markup that is taken away is said by a word: in a cell, nothing means "as the store's". */
export const TYPED = "typed";

function ruleValue(rule: RuleOverride, field: RuleTableField): TableValue {
  const value = rule[field];
  return field === "ceilingMarkup" && value === null ? TYPED : (value ?? null);
}

/** Everything that some cells want of a product. */
export type Wanted = {
  fields: Partial<SellerState>;
  /** Null: they stay. */
  costs: Costs | null;
  /** Absent: it stays. */
  note?: string | null;
  stocks: { pointId: string; count: number | null }[];
  /** Null: it stays as it is. */
  preorder: PreorderTerms | null;
};

export type WantedCell = { field: TableField; value: TableValue };

/** The cells of one product as what is stored of it; their values have been read by `readCell`. */
export function wantedOf(row: TableRow, cells: readonly WantedCell[]): Wanted {
  return cells.reduce((wanted, cell) => withCell(row, wanted, cell), nothing);
}

const nothing: Wanted = { fields: {}, costs: null, stocks: [], preorder: null };

function withCell(row: TableRow, wanted: Wanted, { field, value }: WantedCell): Wanted {
  const { fields, costs, stocks, preorder } = wanted;
  if (isCostField(field))
    return { ...wanted, costs: { ...(costs ?? row.costs ?? noCosts), [field]: value } };
  if (isRuleField(field)) {
    const rule = withField(fields.rule ?? row.rule ?? {}, field, value);
    return { ...wanted, fields: { ...fields, rule } };
  }
  if (isPreorderField(field))
    return { ...wanted, preorder: withTerm(preorder ?? termsOf(row), field, value) };
  const code = codeOf(field);
  if (code !== null) {
    const pointId = row.points.get(code) ?? "";
    return { ...wanted, stocks: [...stocks, { pointId, count: value as number | null }] };
  }
  if (field === "note") return { ...wanted, note: value as string | null };
  if (field === "bot") return { ...wanted, fields: { ...fields, botEnabled: value === true } };
  const limit = value === null ? null : tenge(Number(value));
  return { ...wanted, fields: { ...fields, [field]: limit } };
}

/** The rule with a field of its own; null takes it away, so that the store's counts. */
function withField(rule: RuleOverride, field: RuleTableField, value: TableValue): RuleOverride {
  const { [field]: _before, ...rest } = rule;
  if (value === null) return rest;
  return { ...rest, [field]: value === TYPED && field === "ceilingMarkup" ? null : value };
}
