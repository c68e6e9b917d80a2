import path from "node:path";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Tx } from "./client";

/** Every process of ours is started in the project's folder. */
export const migrationsFolder = path.join(process.cwd(), "drizzle");

/** How many migrations the database still lacks. */
export async function pendingMigrations(tx: Tx): Promise<number> {
  const [journal] = await tx.execute<{ name: string | null }>(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  const [last] = journal?.name
    ? await tx.execute<{ at: string | null }>(
        sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`,
      )
    : [];
  const appliedUntil = Number(last?.at ?? -1);
  return readMigrationFiles({ migrationsFolder }).filter((file) => file.folderMillis > appliedUntil)
    .length;
}
