/** Which products the page of stock shows. */
export const stockViews = ["low", "out", "all", "still"] as const;
export type StockView = (typeof stockViews)[number];

/** How many days back the pace of sales is taken from. */
export const VELOCITY_DAYS = 30;
/** Fewer days than these are few. */
export const LOW_DAYS = 14;
