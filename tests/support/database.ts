import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { closeDatabase, connect, type Database, database } from "@/lib/db/client";

/** A migrated, empty database of this test file's own; `database()` of the code under test is the same one. */
export type TestDatabase = Database & {
  url: string;
  /** Empties every table, for files whose tests must not see each other's rows. */
  empty(): Promise<void>;
};

const shared = globalThis as typeof globalThis & { dukenDatabase?: Database };

/**
 * Call once at the top of a test file: `const { db } = await testDatabase();`
 * The database is dropped when the file's tests are over.
 */
export async function testDatabase(): Promise<TestDatabase> {
  forgetTheLast();
  const server = inject("databaseServer");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(server.url, `create database ${name} template ${server.template}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  shared.dukenDatabase = connect(url.href, 10);
  process.env.DATABASE_URL = url.href;
  const own = database();
  afterAll(async () => {
    await closeDatabase();
    await onServer(server.url, `drop database if exists ${name} with (force)`);
  });
  return { ...own, url: url.href, empty: () => emptyTables(own.sql) };
}

/** A worker runs many files, and what it keeps for the whole process is of the database of the one before. */
function forgetTheLast(): void {
  for (const kept of Object.keys(globalThis))
    if (kept.startsWith("duken")) Reflect.deleteProperty(globalThis, kept);
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

async function emptyTables(sql: postgres.Sql): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'drizzle')`;
  if (tables.length === 0) return;
  await sql.unsafe(
    `truncate ${tables.map(({ name }) => name).join(", ")} restart identity cascade`,
  );
}
