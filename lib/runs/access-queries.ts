import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
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

function scope(tx: Tx, caller: Caller, ofStores: SQL): SQL {
  if (caller.role === "owner") return sql`true`;
  const storeIds = tx.select({ id: stores.id }).from(stores).where(ofStores);
  const accountIds = tx.select({ id: stores.accountId }).from(stores).where(ofStores);
  const started = tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(isNull(runs.storeId), eq(runs.userId, caller.id)));
  const mine = or(
    inArray(jobRuns.subject, storeIds),
    inArray(jobRuns.subject, accountIds),
    inArray(jobRuns.subject, started),
  );
  // A run that is about nothing is nobody's but the owner's.
  return sql`coalesce(${mine}, false)`;
}
