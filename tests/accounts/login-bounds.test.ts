import { beforeEach, describe, expect, test } from "vitest";
import { inCabinet } from "@/lib/accounts/cabinet";
import { checkAccount } from "@/lib/accounts/check-account";
import { forgetBreaks } from "@/lib/accounts/login-queries";
import { accountById, accountsDueForCheck } from "@/lib/accounts/queries";
import { isAppError } from "@/lib/core/errors";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import type { FaultName } from "@/lib/kaspi-twin/faults";
import { listOpenNotices } from "@/lib/notices/queries";
import { findStore } from "@/lib/stores/queries";
import { testOffice } from "../support/office";
import { connectedStore, smallShop } from "../support/stores";

const office = await testOffice({ startAt: new Date("2026-11-02T06:00:00Z") });
const { access, owner, twin, database } = office;
const { db, clock } = access;
let accountId = "";
let storeId = "";

beforeEach(async () => {
  twin.clearFaults();
  twin.forgiveLimits();
  twin.setPassword(smallShop);
  await database.sql`truncate stores, kaspi_accounts, login_breaks, pending_logins, notices, runs
    cascade`;
  storeId = (await connectedStore(office)).storeId;
  const [account] = await db.select().from(kaspiAccounts);
  accountId = account?.id ?? "";
  twin.forgetRequests();
});

const logins = () => twin.requests().login?.total ?? 0;
const standing = async () => (await accountById(db, accountId)).session;

const firstPage = {
  path: "/bff/offer-view/list",
  query: { m: "17203946", p: "0", l: "1", a: "true" },
};

/** Minutes between two looks of the jobs. */
const STEP = 3;

/** What the jobs of a store want of its cabinet in so many minutes, whatever comes of it. */
async function live(minutes: number): Promise<void> {
  const asJob = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      if (!isAppError(error)) throw error;
    });
  for (let minute = 0; minute < minutes; minute += STEP) {
    await asJob(inCabinet(access, accountId, (cabinet) => callCabinet(cabinet, firstPage)));
    if (minute % 6 === 0) {
      await forgetBreaks(db, later(clock(), -5 * MINUTE));
      for (const id of await accountsDueForCheck(db, clock()))
        await asJob(checkAccount(access, id));
    }
    twin.advance({ ms: STEP * MINUTE });
  }
}

/** 2 + 4 + 8 + 16 + 32 minutes, and then one an hour. */
const A_FEW_HOURS = 6;

describe("a cabinet that closes each session as soon as it is opened", () => {
  test.each<[FaultName, object]>([
    ["session_401", {}],
    ["session_403", {}],
    ["session_302", {}],
    ["session_login_page", {}],
    ["session_403", { at: ["list"] }],
  ])(
    "(%s %j) is logged in to a few times in hours, and then a person is called",
    async (name, at) => {
      twin.setFault({ name, ...at });
      await live(30);
      expect(logins()).toBeLessThanOrEqual(5);
      expect(await standing()).toBe("waiting");
      expect(await listOpenNotices(db, owner)).toContainEqual(
        expect.objectContaining({
          kind: "login_waits",
          params: expect.objectContaining({ by: "closed" }),
        }),
      );
      expect(await findStore(db, owner, storeId)).toMatchObject({ loginBlockedBy: "closed" });
      await live(6 * 60);
      expect(logins()).toBeLessThanOrEqual(9);
      expect(await accountById(db, accountId)).toMatchObject({
        session: "needs_reauth",
        reauthReason: "session_closed",
      });
      expect(await listOpenNotices(db, owner)).toMatchObject([
        { kind: "needs_reauth", params: { reason: "session_closed" } },
      ]);
      await checkAccount(access, accountId).catch(() => null);
      expect(await standing()).toBe("needs_reauth");
      const before = logins();
      await live(3 * 60);
      expect(logins()).toBe(before);

      twin.clearFaults();
      await connectedStore(office);
      await live(1);
      expect([await standing(), await listOpenNotices(db, owner)]).toEqual(["valid", []]);
    },
  );

  test("for an hour goes on by itself", async () => {
    twin.setFault({ name: "session_401" });
    await live(60);
    twin.clearFaults();
    await live(60);
    expect([await standing(), await listOpenNotices(db, owner)]).toEqual(["valid", []]);
  });

  test("and sessions that live for half an hour are renewed each time", async () => {
    for (let half = 0; half < 12; half += 1) {
      twin.expireSessions();
      await live(30);
    }
    expect(logins()).toBe(12);
    expect([await standing(), await listOpenNotices(db, owner)]).toEqual(["valid", []]);
  });

  test("over and over, as two programs on one login do, is given time", async () => {
    for (let minute = 0; minute < 5 * 60; minute += STEP) {
      twin.expireSessions();
      await live(STEP);
    }
    expect(logins()).toBeLessThanOrEqual(A_FEW_HOURS + 5);
  });
});

test("a page of refusal in the cabinet is about our address, and leads to no login", async () => {
  twin.setFault({ name: "cabinet_refuses_address" });
  await live(60);
  expect(logins()).toBe(0);
  expect(await standing()).toBe("valid");
});

describe("a login that breaks off on its way", () => {
  test.each<[string, { name: FaultName; at: ("callback" | "login")[] }]>([
    ["after the password was taken", { name: "connection_reset", at: ["callback"] }],
    ["at the password", { name: "connection_reset", at: ["login"] }],
    ["at a chain that brings no session", { name: "junk", at: ["callback"] }],
  ])("%s is tried less and less often, and said", async (_where, fault) => {
    twin.expireSessions();
    twin.setFault(fault);
    await live(5 * 60);
    expect(logins()).toBeLessThanOrEqual(A_FEW_HOURS + 4);
    expect(await standing()).toBe("waiting");
    expect(await listOpenNotices(db, owner)).toMatchObject([
      { kind: "login_waits", severity: "warning", params: { by: "trouble" } },
    ]);
    twin.clearFaults();
    await live(65);
    expect([await standing(), await listOpenNotices(db, owner)]).toEqual(["valid", []]);
  });

  test("by a flood without end is tried less and less often, and said", async () => {
    twin.expireSessions();
    twin.setFault({ name: "login_flood", ms: MINUTE });
    await live(5 * 60);
    expect(logins()).toBeLessThanOrEqual(A_FEW_HOURS + 4);
    expect(await listOpenNotices(db, owner)).toMatchObject([
      { kind: "login_waits", params: { by: "flood" } },
    ]);
    twin.clearFaults();
    await live(65);
    expect([await standing(), await listOpenNotices(db, owner)]).toEqual(["valid", []]);
  });

  test("by an address refused without end is tried less and less often", async () => {
    twin.expireSessions();
    twin.setFault({ name: "id_refuses_address" });
    await live(5 * 60);
    expect(twin.requests().authorize?.total ?? 0).toBeLessThanOrEqual(A_FEW_HOURS + 4);
    expect(await listOpenNotices(db, owner)).toMatchObject([{ kind: "login_address_refused" }]);
  });

  test("and came to nothing long ago does not make the next break long", async () => {
    twin.expireSessions();
    twin.setFault({ name: "connection_reset", at: ["callback"] });
    await live(2 * 60);
    twin.clearFaults();
    await live(65);
    twin.advance({ ms: 8 * HOUR });
    await live(10);
    twin.expireSessions();
    twin.setFault({ name: "connection_reset", at: ["callback"], times: 1 });
    await live(1);
    const { loginBlockedUntil } = await findStore(db, owner, storeId);
    expect((loginBlockedUntil?.getTime() ?? HOUR) - clock().getTime()).toBeLessThanOrEqual(
      2 * MINUTE,
    );
  });
});
