/** How many days back orders may be read, counted from the first reading. No schema in here: the browser needs it. */
export const historyChoices = ["30", "90", "180", "365", "730", "1095"] as const;
export const USUAL_HISTORY_DAYS = 365;
