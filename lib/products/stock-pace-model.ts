/** So many whole days back the pace of sales is taken from; the day under way is left out. */
export const VELOCITY_DAYS = 30;
