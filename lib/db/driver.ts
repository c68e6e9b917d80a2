import { is } from "drizzle-orm";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import type { Tx } from "./client";

/**
 * The driver beneath a transaction. What is said to it is planned once for a connection and carried out at
 * once, where drizzle has Postgres plan each statement anew, and waits for that before it hands over the
 * parameters. For what is said often, and is planned alike whatever is in the tables.
 */
export function driverOf(tx: Tx): Sql {
  const { session } = tx._;
  // A built application has several copies of drizzle, so an instance may be of another copy's class.
  if (!is(session, PostgresJsSession)) throw new TypeError("not a driver we know");
  return session.client;
}
