import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { users } from "@/lib/db/schema/workspace";
import { sealedColumns } from "@/lib/db/sealed-columns";
import { demoOwner } from "./demo";

/** How the account we reach Postgres with stands there. */
export async function databaseRole(
  tx: Tx,
): Promise<{ isSuperuser: boolean; isEncrypted: boolean }> {
  const [row] = await tx.execute<{ superuser: boolean; ssl: boolean | null }>(sql`
    select rolsuper as superuser, (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as ssl
    from pg_roles where rolname = current_user`);
  return { isSuperuser: row?.superuser ?? false, isEncrypted: row?.ssl ?? false };
}

/** Owners at work, and those of them who have no second step. */
export async function ownersAtWork(tx: Tx): Promise<{ all: number; withoutTwoFactor: string[] }> {
  const isOwner = and(eq(users.role, "owner"), eq(users.isActive, true));
  const bare = await tx
    .select({ email: users.email })
    .from(users)
    .where(and(isOwner, isNull(users.totpSince)));
  return { all: await tx.$count(users, isOwner), withoutTwoFactor: bare.map(({ email }) => email) };
}

/** Whether somebody has the e-mail of the training owner, whose password everybody knows. */
export async function hasDemoOwner(tx: Tx): Promise<boolean> {
  return (await tx.$count(users, eq(sql`lower(${users.email})`, demoOwner.email))) > 0;
}

/** The ids of all keys that something is sealed with now. */
export async function keysInUse(tx: Tx): Promise<string[]> {
  const ids = sealedColumns.map(
    ({ table, column }) =>
      sql`select split_part(${column}, '.', 1) as id from ${table} where ${column} is not null`,
  );
  const rows = await tx.execute<{ id: string }>(sql.join(ids, sql` union `));
  return rows.map(({ id }) => id);
}
