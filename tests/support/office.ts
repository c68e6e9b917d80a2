import { afterAll } from "vitest";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { hashPassword } from "@/lib/auth/password";
import { findCaller } from "@/lib/auth/users";
import { createVault } from "@/lib/auth/vault";
import { exits } from "@/lib/db/schema/exits";
import { users, workspace } from "@/lib/db/schema/workspace";
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

const shared = globalThis as typeof globalThis & { testPasswordHash?: Promise<string> };

/** As `createOwner` does it; but a key is slow to derive on purpose, so one is enough for all files of a worker. */
async function newUser({ db, clock }: KaspiAccess, email: string): Promise<Caller> {
  shared.testPasswordHash ??= hashPassword("a long password");
  const passwordHash = await shared.testPasswordHash;
  const [user] = await db
    .insert(users)
    .values({ email, name: email, role: "owner", passwordHash })
    .returning({ id: users.id });
  const id = user?.id ?? "";
  const made = { action: "user.created", subjectId: id, details: { role: "owner" } } as const;
  await audit(db, { at: clock(), userId: id, ...made });
  const caller = await findCaller(db, id, 1);
  if (!caller) throw new Error("the user was not created");
  return caller;
}
