// No schema in here: the browser needs this list, too.

/** What a person may do about a chase: stop undercutting, stop moving, step aside, or rest at night. */
export const warAnswers = ["match", "hold", "above", "night"] as const;
export type WarAnswer = (typeof warAnswers)[number];
