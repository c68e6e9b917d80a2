import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { getTableName } from "drizzle-orm";
import type postgres from "postgres";
import { createVault } from "@/lib/auth/vault";
import { sealedColumns } from "@/lib/db/sealed-columns";
import { keyOf } from "../../scripts/launcher/keys.mjs";
import { leaksIn } from "../support/leaks";
import { type Office, offices } from "./support/office";
import { inOfficeDatabase } from "./support/office-database";
import { expect, test } from "./support/test";

// After everything else: whatever the other tests have typed, been shown and kept must stand in no log.

function noted({ secrets }: Office): string[] {
  const lines = readFileSync(secrets, "utf8").split("\n");
  return lines.filter(Boolean).map((line) => JSON.parse(line) as string);
}

/** What the office itself keeps sealed: passwords, sessions, proxies, tokens. */
async function sealed(sql: postgres.Sql, { dataDir }: Office): Promise<string[]> {
  const vault = createVault(keyOf(dataDir, "encryption-key"));
  const opened: string[] = [];
  for (const { table, column } of sealedColumns) {
    const rows = await sql<{ value: string }[]>`
      select ${sql(column.name)} as value from ${sql(getTableName(table))}
      where ${sql(column.name)} is not null`;
    opened.push(...rows.map(({ value }) => vault.open(value)));
  }
  return opened.flatMap(partsOf);
}

/** A cookie jar is a secret as a whole and in each of its long values. */
function partsOf(opened: string): string[] {
  const values = [...opened.matchAll(/"value":"([^"]{16,})"|=([^;"\s]{16,})/g)];
  return [opened, ...values.map(([, one, other]) => one ?? other ?? "")];
}

/** What is kept in plain text for people to read: the audit, events, runs, notices. */
async function told(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ told: string }[]>`
    select concat((select json_agg(a) from audit_log a), (select json_agg(e) from jobs.event e),
      (select json_agg(r) from jobs.run r), (select json_agg(n) from notices n)) as told`;
  return row?.told ?? "";
}

/** Where a secret that was used in this office can be read, and its beginning. */
async function leaksOf(office: Office): Promise<string[]> {
  const keys = (
    ["encryption-key", "nextauth-secret", "task-id-salt", "bot-key", "postgres-password"] as const
  ).map((name) => keyOf(office.dataDir, name));
  const { kept, inDatabase } = await inOfficeDatabase(
    async (sql) => ({ kept: await sealed(sql, office), inDatabase: await told(sql) }),
    office,
  );
  const secrets = new Set([...noted(office), ...keys, ...kept].filter(({ length }) => length >= 6));
  const folder = path.join(office.dataDir, "logs");
  const logs = readdirSync(folder).map((name) => ({
    name,
    text: readFileSync(path.join(folder, name), "utf8"),
  }));
  expect(logs.map(({ name }) => name)).toContain("web.log");
  return [...logs, { name: "database", text: inDatabase }].flatMap(({ name, text }) =>
    leaksIn(text, secrets).map((secret) => `${name}: ${secret.slice(0, 4)}…`),
  );
}

test("no log, audit entry, event or notice of the whole run holds a secret that was used in it", async () => {
  expect(offices().flatMap(noted)).not.toEqual([]);
  for (const office of offices()) expect(await leaksOf(office)).toEqual([]);
});
