import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { bareError } from "@/lib/core/bare-error";
import { testDatabase } from "../support/database";

const { db, sql: postgres } = await testDatabase();

test("a failed query says why, but not what it was given", async () => {
  const error = await db.execute(sql`select ${"mc-sid=secret"}::int`).catch((reason) => reason);
  expect(String(error)).toContain("mc-sid=secret");
  const bare = bareError(error) as Error;
  expect(bare.message).toMatch(/^query failed: 22P02/);
  expect(`${bare.stack}`).not.toContain("secret");
});

test("neither does Postgres itself, nor an error that a failed query is the cause of", async () => {
  const cause = await postgres`select ${"mc-sid=secret"}::text::int`.catch((reason) => reason);
  expect(String(cause)).toContain("secret");
  const outer = new Error("could not save", { cause });
  for (const error of [cause, outer, new Error("outermost", { cause: outer })]) {
    expect(inspect(bareError(error))).not.toContain("secret");
    expect(inspect(bareError(error))).toContain("query failed: 22P02");
  }
});

test("any other error is left alone", () => {
  const error = new Error("as it is");
  expect(bareError(error)).toBe(error);
  expect(bareError("text")).toBe("text");
});
