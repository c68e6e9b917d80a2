import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import { mayRead, mayWrite } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { jobRuns } from "@/lib/db/schema/jobs";
import { stores } from "@/lib/db/schema/kaspi";
import { runs } from "@/lib/db/schema/workspace";

/** Runs for the stores and logins of one's own, and what one has started; the rest is the owner's. */
export const maySeeRun = (tx: Tx, caller: Caller) => scope(tx, caller, mayRead(caller));
/** Runs the caller may cancel or have done again. */
export const mayChangeRun = (tx: Tx, caller: Caller) => scope(tx, caller, mayWrite(caller));

/** An array, not a subquery: with it Postgres looks subjects up instead of going through all runs. */
function scope(tx: Tx, caller: Caller, ofStores: SQL): SQL {
  if (caller.role === "owner") return sql`true`;
  const mine = unionAll(
    tx.select({ id: stores.id }).from(stores).where(ofStores),
    tx
      .select({ id: sql<string>`${stores.accountId}` })
      .from(stores)
      .where(ofStores),
    tx
      .select({ id: runs.id })
      .from(runs)
      .where(and(isNull(runs.storeId), eq(runs.userId, caller.id))),
  );
  return sql`${jobRuns.subject} = any(array${mine})`;
}
