/** Which products a table of profit shows. */
export const profitViews = ["all", "losing", "worse", "unknown"] as const;
export type ProfitView = (typeof profitViews)[number];

export const productSorts = ["revenue", "units", "profit", "loss", "returns"] as const;
export type ProductSort = (typeof productSorts)[number];
