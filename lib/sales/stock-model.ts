/** Which products the page of stock shows. */
export const stockViews = ["low", "out", "all", "still"] as const;
export type StockView = (typeof stockViews)[number];

/** Fewer days than these are few. */
export const LOW_DAYS = 14;
