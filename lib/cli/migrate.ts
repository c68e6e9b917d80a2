import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { migrationsFolder, pendingMigrations } from "@/lib/db/migrations";
import { env } from "@/lib/env";
import { defineCommand } from "./command";

// Any number, as long as every Duken process uses the same one.
const MIGRATION_LOCK = 3_852_047;

export const migrateCommand = defineCommand({
  summary: "Создаёт базу, если её нет, и применяет недостающие миграции; --check только проверяет.",
  usage: "[--check]",
  options: { check: { type: "boolean" } },
  standsAlone: true,
  async run({ check }) {
    const { DATABASE_URL } = env();
    if (!check) await migrate(DATABASE_URL);
    const pending = await pendingIn(DATABASE_URL);
    console.log(pending === 0 ? "Все миграции применены." : `Не применено миграций: ${pending}.`);
    return pending === 0 ? 0 : 1;
  },
});

/** Creates the database when the server lacks it and applies what is missing; safe to run at once from several places. */
export async function migrate(databaseUrl: string): Promise<void> {
  await createDatabase(databaseUrl);
  const sql = connectOnce(databaseUrl);
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await applyMigrations(drizzle(sql), { migrationsFolder });
  } finally {
    await sql.end();
  }
}

/** How many migrations the database still lacks. */
async function pendingIn(databaseUrl: string): Promise<number> {
  const sql = connectOnce(databaseUrl);
  try {
    return await pendingMigrations(drizzle(sql));
  } finally {
    await sql.end();
  }
}

async function createDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = decodeURIComponent(url.pathname.slice(1));
  if (await canConnect(databaseUrl)) return;
  url.pathname = "/postgres";
  const sql = connectOnce(url.href);
  try {
    await sql`create database ${sql(name)}`;
  } catch (error) {
    if (!isTaken(error)) throw error;
  } finally {
    await sql.end();
  }
}

/** Another process was quicker: before us, or at the very same time. */
function isTaken(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ["42P04", "23505"].includes(error.code);
}

/** False only when the server answers that it has no such database. */
async function canConnect(databaseUrl: string): Promise<boolean> {
  const sql = connectOnce(databaseUrl);
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "3D000") return false;
    throw error;
  } finally {
    await sql.end();
  }
}

function connectOnce(databaseUrl: string): postgres.Sql {
  return postgres(databaseUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
}
