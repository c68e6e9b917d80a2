/** No schema in here: the browser needs it, too. */
export const importViews = ["change", "conflict", "doubtful", "error", "left"] as const;
export type ImportView = (typeof importViews)[number];
export const IMPORT_PAGE = 50;
