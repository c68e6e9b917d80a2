/** Over how many days the share of first places may be drawn. No schema in here: the browser needs it, too. */
export const shareDays = ["14", "30", "90"] as const;
export type ShareDays = (typeof shareDays)[number];
