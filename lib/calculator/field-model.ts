// No schema in here: the form in the browser needs this list.

/** The fields of the calculator as its address names them. */
export const fieldNames = [
  "price",
  "cost",
  "category",
  "store",
  "weight",
  "delivery",
  "fee",
  "packaging",
  "other",
  "returns",
  "commission",
  "pay",
  "tax",
  "profit",
  "margin",
] as const;
export type FieldName = (typeof fieldNames)[number];

/** What stands in them; an empty one is left out. */
export type Texts = Partial<Record<FieldName, string>>;
