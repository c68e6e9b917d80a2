/** A line of Kaspi's own table of goods (protocol D2). */
export type TemplateRow = {
  sku: string;
  model: string;
  brand: string | null;
  /** Whole tenge, for all cities. */
  price: number;
  /** At PP1 to PP5: pieces, or whether there are any where nobody counts; 0 for points that are not used. */
  points: readonly (number | "yes" | "no")[];
  /** Days until the goods arrive; null: they are here. */
  preorder: number | null;
};

export const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
