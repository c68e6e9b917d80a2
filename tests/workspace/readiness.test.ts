import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createVault, vault } from "@/lib/auth/vault";
import { kaspiSessions } from "@/lib/db/schema/kaspi";
import { readiness } from "@/lib/workspace/readiness";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { db, clock } = office.access;

test("an office whose key opens what it stored is ready, and one with another key is not", async () => {
  const parts = { database: "ok", migrations: "ok", jobs: "ok", encryption: "ok" };
  expect(await readiness(db, clock())).toEqual(parts);
  await connectedStore(office);
  const sealWith = (key: typeof office.access.vault) =>
    db.update(kaspiSessions).set({ cookies: key.seal("cookies") });
  await sealWith(vault());
  expect(await readiness(db, clock())).toEqual(parts);
  await sealWith(createVault(randomBytes(32).toString("base64")));
  expect(await readiness(db, clock())).toEqual({ ...parts, encryption: "failed" });
});
