import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, expect, inject, test } from "vitest";
import { migrate } from "@/lib/cli/migrate";
import { connect } from "@/lib/db/client";
import { pendingMigrations } from "@/lib/db/migrations";

const server = inject("databaseServer");
const created: string[] = [];

function newDatabaseUrl(): string {
  const name = `test_migrate_${randomBytes(4).toString("hex")}`;
  created.push(name);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

afterAll(async () => {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  for (const name of created) await sql.unsafe(`drop database if exists ${name} with (force)`);
  await sql.end();
});

async function pendingIn(url: string): Promise<number> {
  const { sql, db } = connect(url, 1);
  try {
    return await pendingMigrations(db);
  } finally {
    await sql.end();
  }
}

test("a missing database is created and migrated, and a second time changes nothing", async () => {
  const url = newDatabaseUrl();
  await migrate(url);
  expect(await pendingIn(url)).toBe(0);
  await migrate(url);
  expect(await pendingIn(url)).toBe(0);
});

test("several starts at once migrate one after another", async () => {
  const url = newDatabaseUrl();
  await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(await pendingIn(url)).toBe(0);
});

test("an empty database lacks all of them", async () => {
  const url = newDatabaseUrl();
  const sql = postgres(server.url, { max: 1 });
  await sql.unsafe(`create database ${new URL(url).pathname.slice(1)}`);
  await sql.end();
  expect(await pendingIn(url)).toBeGreaterThan(0);
});

test("a wrong password is not taken for a missing database", async () => {
  const url = new URL(newDatabaseUrl());
  url.password = "wrong";
  await expect(migrate(url.href)).rejects.toThrow(/password/);
});
