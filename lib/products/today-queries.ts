import { and, eq, gte, isNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import type { TodayFilter } from "./filter-model";

/** Longer than any decision lives: a price set by hand waits a day, a confirmation an hour. */
const LONGEST_LIFE = 2 * DAY;

const officeZone = sql`(select ${workspace.timeZone} from ${workspace})`;

/** Midnight of the day of `now` in the zone. */
export const midnight = (now: Date, timeZone: string | SQL): SQL =>
  sql`(date_trunc('day', ${now.toISOString()}::timestamptz at time zone ${timeZone}) at time zone ${timeZone})`;

/** Changes that today can have seen, as the index `decisions_changes` says it. Trial runs do not count. */
export const recentChange = (now: Date): SQL | undefined =>
  and(
    sql`${decisions.kind} = 'change' and not ${decisions.dryRun}`,
    gte(decisions.decidedAt, later(now, -LONGEST_LIFE)),
  );

/** What became of changes since midnight, each as the condition that both counts and lists them. */
export const todayConditions: Record<TodayFilter, (midnight: SQL) => SQL | undefined> = {
  decided: (from) => sql`${decisions.decidedAt} >= ${from}`,
  sent: (from) => sql`${decisions.sentAt} >= ${from}`,
  confirmed: (from) => sql`${decisions.confirmedAt} >= ${from}`,
  rejected: (from) => and(eq(decisions.state, "rejected"), sql`${decisions.decidedAt} >= ${from}`),
  waiting: () => eq(decisions.state, "pending"),
};

/** The products whose prices the number counts; waiting ones may be of yesterday. */
export function changedToday(tx: Tx, caller: Caller, what: TodayFilter, now: Date) {
  return tx
    .select({ id: decisions.productId })
    .from(stores)
    .innerJoin(decisions, eq(decisions.storeId, stores.id))
    .where(
      and(
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
        what === "waiting" ? undefined : recentChange(now),
        todayConditions[what](midnight(now, officeZone)),
      ),
    );
}
