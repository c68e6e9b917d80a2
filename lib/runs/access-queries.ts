import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import { isOwn, isPermitted, mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { jobRuns } from "@/lib/db/schema/jobs";
import { stores } from "@/lib/db/schema/kaspi";
import { runs } from "@/lib/db/schema/workspace";

/** Conditions on `jobs.run`: what the caller may see, and what they may cancel or have done again. */
export type RunScope = { sees: SQL; changes: SQL };

/**
 * Runs for the stores one sees and the logins of one's own, and what one has started; the rest is the owner's. The
 * ids are looked up first: of those it is given Postgres knows whether few runs are theirs or most.
 */
export async function runScope(tx: Tx, caller: Caller): Promise<RunScope> {
  if (caller.role === "owner") return { sees: sql`true`, changes: sql`true` };
  const shops = await tx
    .select({
      id: stores.id,
      login: sql<string | null>`case when ${isOwn(caller)} then ${stores.accountId} end`,
      mayChange: isPermitted(caller, "change_store"),
    })
    .from(stores)
    .where(mayRead(caller));
  const started = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(isNull(runs.storeId), eq(runs.userId, caller.id)));
  const of = (some: typeof shops) =>
    isOneOf(jobRuns.subject, [
      ...some.flatMap(({ id, login }) => (login === null ? [id] : [id, login])),
      ...started.map(({ id }) => id),
    ]);
  return { sees: of(shops), changes: of(shops.filter(({ mayChange }) => mayChange)) };
}

/** One parameter, however many there are. */
export function isOneOf(column: PgColumn, ids: string[]): SQL {
  return ids.length === 0 ? sql`false` : sql`${column} = any(${sql.param(ids)}::uuid[])`;
}
