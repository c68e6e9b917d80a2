import { type SQL, sql } from "drizzle-orm";

/**
 * `not exists`, asked row by row as a queue is walked. Postgres makes a join of a `not exists`, and where it
 * takes its outcome for a rarity it sorts the whole queue for the first few; this it takes for nearly always true.
 */
export const noneOf = (rows: SQL) => sql`(select true from ${rows} limit 1) is distinct from true`;
