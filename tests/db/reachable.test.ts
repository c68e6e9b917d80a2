import { expect, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { connect } from "@/lib/db/client";
import { databaseWatch } from "@/lib/db/reachable";
import { testDatabase } from "../support/database";
import { testClock } from "../support/jobs";

const { sql } = await testDatabase();

test("Postgres is asked once a second, however many pages want to know", async () => {
  let asked = 0;
  Object.assign(sql.options, {
    debug: (_connection: number, query: string) => {
      if (query === "select 1") asked += 1;
    },
  });
  const clock = testClock();
  const isThere = databaseWatch(sql, clock);
  const answers = await Promise.all(Array.from({ length: 50 }, isThere));
  expect(new Set(answers)).toEqual(new Set([true]));
  expect(asked).toBe(1);
  clock.advance(SECOND);
  await isThere();
  expect(asked).toBe(2);
});

test("a server that is not there is not there, at once", async () => {
  const nowhere = connect("postgres://nobody@127.0.0.1:1/none", 1);
  expect(await databaseWatch(nowhere.sql, testClock())()).toBe(false);
  await Promise.all([nowhere.sql.end({ timeout: 0 }), nowhere.locks.end({ timeout: 0 })]);
});
