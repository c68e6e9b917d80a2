/** What the list can be narrowed by. No schema in here: the browser needs these lists, too. */
import { orderTabs } from "./model";

export const ORDERS_PAGE = 50;
/** Of one file. */
export const MOST_EXPORTED = 100_000;

/** The tabs, and all of them together. */
export const tabFilters = [...orderTabs, "all"] as const;
export type TabFilter = (typeof tabFilters)[number];
