import type postgres from "postgres";
import { type Clock, SECOND, within } from "@/lib/core/time";

const FRESH = SECOND;
const PATIENCE = 10 * SECOND;

/** Too many connections: it refuses us because it is there, and others are being served. */
const CROWDED = "53300";

/**
 * Whether Postgres answers, asked at most once a second however many want to know. Slow is not gone,
 * nor is crowded; any other error is, and a long silence.
 */
export function databaseWatch(sql: postgres.Sql, clock: Clock): () => Promise<boolean> {
  let asked: { at: number; answers: Promise<boolean> } | null = null;
  return () => {
    const at = clock().getTime();
    if (!asked || at - asked.at >= FRESH) asked = { at, answers: answers(sql) };
    return asked.answers;
  };
}

async function answers(sql: postgres.Sql): Promise<boolean> {
  const answer = sql`select 1`.then(
    () => true,
    (error: { code?: unknown }) => error.code === CROWDED,
  );
  return (await within(PATIENCE, answer)) ?? false;
}
