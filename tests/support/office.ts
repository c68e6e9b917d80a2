import { afterAll } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { createOwner, findCaller } from "@/lib/auth/users";
import { createVault } from "@/lib/auth/vault";
import { exits } from "@/lib/db/schema/exits";
import { workspace } from "@/lib/db/schema/workspace";
import { createAccess, type KaspiAccess } from "@/lib/exits/access";
import { ensureDirectExit } from "@/lib/exits/queries";
import { startTwin, type Twin, type TwinOptions } from "@/lib/kaspi-twin/twin";
import { bindToKaspi } from "@/lib/workspace/queries";
import { type TestDatabase, testDatabase } from "./database";
import { asMember } from "./person";

export type TestOffice = {
  database: TestDatabase;
  access: KaspiAccess;
  /** Its clock is the office's, too: `twin.advance` moves both. */
  twin: Twin;
  owner: Caller;
  /** Another user, who owns nothing. */
  stranger: Caller;
};

/** Kaspi's limits are tests of their own; elsewhere they would only be waited for. */
const unlimited = { writesPerSecond: 1e6, offersPerSecond: 1e6, loginsPerMinute: 1e6 };

/** A whole office over the training Kaspi: real Postgres, real HTTP, no pacing. Once per test file. */
export async function testOffice(options: TwinOptions = {}): Promise<TestOffice> {
  const twin = await startTwin({ limits: unlimited, ...options });
  afterAll(() => twin.stop());
  return officeOver(twin);
}

/** One more office, which knows nothing of the first, over the same Kaspi. */
export async function officeOver(twin: Twin): Promise<TestOffice> {
  const database = await testDatabase();
  const { db } = database;
  await bindToKaspi(db, "twin");
  await ensureDirectExit(db);
  await db.update(exits).set({ readsPerSecond: 1e6 });
  await db.update(workspace).set({
    writesPerSecond: 1e6,
    cabinetReadsPerSecond: 1e6,
    shopCallsPerSecond: 1e6,
    shopCallsPerExit: 1e6,
  });
  const access = createAccess({
    db,
    clock: () => new Date(twin.now().now),
    vault: createVault(Buffer.alloc(32, "test key").toString("base64")),
    hosts: twin.urls,
    chromiumPath: null,
  });
  const owner = await newUser(access, "owner@example.kz");
  const member = await newUser(access, "stranger@example.kz");
  const stranger = asMember(member);
  return { database, access, twin, owner, stranger };
}

async function newUser(access: KaspiAccess, email: string): Promise<Caller> {
  const user = { email, name: email, password: "a long password" };
  const id = await createOwner(access.db, user, access.clock());
  const caller = await findCaller(access.db, id, 1);
  if (!caller) throw new Error("the user was not created");
  return caller;
}
