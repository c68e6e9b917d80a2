/** Longer lists of sellers are a habit, not a choice. */
export const MOST_SELLERS = 100;
/** A week cut into more pieces than this is a mistake. */
export const MOST_WINDOWS = 7;
export const MOST_PLACES = 50;
export const MOST_REVIEWS = 1_000_000;
/** Percent above the cost. */
export const HIGHEST_MARKUP = 1_000;
export const HIGHEST_ENDING = 9_999;
/** Whoever has enough for a quarter of a year is not short of it. */
export const MOST_STOCK_DAYS = 90;
