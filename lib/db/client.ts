import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";

export type Db = PostgresJsDatabase;
/** A transaction or the pool itself: queries take either. */
export type Tx = Db | Parameters<Parameters<Db["transaction"]>[0]>[0];
export type Database = {
  sql: postgres.Sql;
  db: Db;
  /** Connections that only hold locks: work under a lock never waits for one of these. */
  locks: postgres.Sql;
  /** A connection of one's own, to listen on; whoever asks ends it. */
  separate(): postgres.Sql;
};

const LOCK_POOL = 10;
/** Seconds before a lost Postgres is tried again. */
const backoff = (tries: number) => Math.min(2 ** tries / 20, 1);

export function connect(databaseUrl: string, poolSize: number): Database {
  const common = { backoff, onnotice: () => {}, connection: { application_name: "duken" } };
  const sql = postgres(databaseUrl, { ...common, max: poolSize });
  const locks = postgres(databaseUrl, { ...common, max: LOCK_POOL, idle_timeout: 20 });
  const separate = () => postgres(databaseUrl, { ...common, max: 1, idle_timeout: 20 });
  return { sql, db: drizzle(sql), locks, separate };
}

// Next evaluates this module once per bundle (pages, routes, instrumentation): one pool per process all the same.
const shared = globalThis as typeof globalThis & { dukenDatabase?: Database };

export function database(): Database {
  shared.dukenDatabase ??= connect(env().DATABASE_URL, env().DATABASE_POOL);
  return shared.dukenDatabase;
}

export function db(): Db {
  return database().db;
}

/** Ends the pools, if they were opened, so that a command can end. */
export async function closeDatabase(): Promise<void> {
  const open = shared.dukenDatabase;
  delete shared.dukenDatabase;
  await Promise.all([open?.sql.end({ timeout: 5 }), open?.locks.end({ timeout: 5 })]);
}
