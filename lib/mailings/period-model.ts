/** Over how many days letters are counted. */
export const figureDays = [7, 30, 90, 365] as const;
export const USUAL_DAYS = 30;
