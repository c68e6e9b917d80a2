import { expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { testDatabase } from "./database";

const { sql, empty } = await testDatabase();

test("the code under test sees the test file's own database", async () => {
  const [ours] = await sql`select current_database() as name`;
  const [theirs] = await database().sql`select current_database() as name`;
  expect(ours?.name).toMatch(/^test_/);
  expect(theirs?.name).toBe(ours?.name);
});

test("empty() leaves no rows behind", async () => {
  await sql`create table if not exists parcels (id int)`;
  await sql`insert into parcels values (1), (2)`;
  await empty();
  expect(await sql`select * from parcels`).toHaveLength(0);
});

test("Cyrillic folds and matches without regard to case", async () => {
  const [row] = await sql`select 'ҮЙ Чайник' ilike 'үй чАЙ%' as found`;
  expect(row?.found).toBe(true);
});
