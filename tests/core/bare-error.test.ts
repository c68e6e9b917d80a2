import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { bareError } from "@/lib/core/bare-error";
import { testDatabase } from "../support/database";

const { db } = await testDatabase();

test("a failed query says why, but not what it was given", async () => {
  const error = await db.execute(sql`select ${"mc-sid=secret"}::int`).catch((reason) => reason);
  expect(String(error)).toContain("mc-sid=secret");
  const bare = bareError(error) as Error;
  expect(bare.message).toMatch(/^query failed: 22P02/);
  expect(`${bare.stack}`).not.toContain("secret");
});

test("any other error is left alone", () => {
  const error = new Error("as it is");
  expect(bareError(error)).toBe(error);
  expect(bareError("text")).toBe("text");
});
