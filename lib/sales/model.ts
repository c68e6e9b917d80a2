/** What has become of an order, as the figures part them. */
export const outcomes = ["open", "completed", "cancelled", "returned"] as const;
export type Outcome = (typeof outcomes)[number];

/** What figures can be parted by. */
export const salesDimensions = [
  "store",
  "product",
  "category",
  "city",
  "payment",
  "delivery",
] as const;
export type SalesDimension = (typeof salesDimensions)[number];

export const salesSteps = ["day", "week", "month"] as const;
export type SalesStep = (typeof salesSteps)[number];

export const salesRanges = ["today", "yesterday", "7", "30", "90", "365", "month"] as const;
export type SalesRange = (typeof salesRanges)[number];

/** A period by its name, or from one day to another, both included; what is absent is not said. */
export type AskedPeriod = {
  range?: SalesRange | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** Days of the workspace's zone, `2026-03-01`, both included. */
export type Period = { from: string; to: string };

/** Sums of orders, ₸. `revenue`: of those neither cancelled nor returned. */
export type Totals = {
  orders: number;
  revenue: number;
  completed: number;
  completedSum: number;
  cancelled: number;
  cancelledSum: number;
  returned: number;
  returnedSum: number;
};

export const noTotals: Totals = {
  orders: 0,
  revenue: 0,
  completed: 0,
  completedSum: 0,
  cancelled: 0,
  cancelledSum: 0,
  returned: 0,
  returnedSum: 0,
};
