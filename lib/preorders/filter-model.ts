/** What the list can be narrowed by. No schema in here: the browser needs these lists, too. */
export const PREORDERS_PAGE = 50;

export const statusFilters = ["open", "draft", "sent", "active", "cancelled", "completed"] as const;
export type StatusFilter = (typeof statusFilters)[number];

/** Days until arrival, both ends included. */
export const dayFilters = {
  soon: [0, 3],
  week: [4, 7],
  fortnight: [8, 14],
  later: [15, 30],
} as const;
export type DayFilter = keyof typeof dayFilters;

export const preorderSorts = ["name", "-name", "days", "-days", "made", "-made"] as const;
export type PreorderSort = (typeof preorderSorts)[number];
