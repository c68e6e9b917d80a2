import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { applicationKeys, keyOf } from "../../scripts/launcher/keys.mjs";
import { temporaryFolder } from "../support/folder";

const modeOf = (file: string) => statSync(file).mode & 0o777;

test("a key is made once and only its owner may read it", () => {
  const dataDir = temporaryFolder();
  const made = keyOf(dataDir, "encryption-key");
  expect(Buffer.from(made, "base64")).toHaveLength(32);
  expect(keyOf(dataDir, "encryption-key")).toBe(made);
  expect(modeOf(path.join(dataDir, "keys", "encryption-key"))).toBe(0o600);
  expect(modeOf(path.join(dataDir, "keys"))).toBe(0o700);
});

test("every data folder has keys of its own", () => {
  const names = ["encryption-key", "nextauth-secret", "task-id-salt", "postgres-password"] as const;
  for (const name of names) {
    expect(keyOf(temporaryFolder(), name)).not.toBe(keyOf(temporaryFolder(), name));
  }
});

test("given keys win over made ones", () => {
  const dataDir = temporaryFolder();
  const given = {
    ENCRYPTION_KEY: "given",
    NEXTAUTH_SECRET: "given too",
    TASK_ID_SALT: "given, too",
  };
  expect(applicationKeys(given, { kaspi: "twin", dataDir })).toEqual(given);
  expect(readdirSync(dataDir)).toEqual([]);
});

test("the real Kaspi wants its keys given, and the refusal shows how to make the missing ones", () => {
  const dataDir = temporaryFolder();
  const ask = (given: Record<string, string>) => () =>
    applicationKeys(given, { kaspi: "live", dataDir });
  expect(ask({})).toThrow(/ENCRYPTION_KEY=\S{44}\n {2}NEXTAUTH_SECRET=\S+\n {2}NEXTAUTH_URL=/);
  const some = { ENCRYPTION_KEY: "a", NEXTAUTH_SECRET: "b" };
  expect(ask(some)).toThrow("NEXTAUTH_URL=");
  expect(ask(some)).not.toThrow("NEXTAUTH_SECRET=");
  expect(ask({ ...some, NEXTAUTH_URL: "https://duken.example.kz" })()).toEqual(some);
  expect(readdirSync(dataDir)).toEqual([]);
});
