import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { inCabinet } from "@/lib/accounts/cabinet";
import { checkAccount } from "@/lib/accounts/check-account";
import { oneLoginAtATime } from "@/lib/accounts/log-in";
import { breakOfLogin, endLoginLease, takeLoginLease } from "@/lib/accounts/login-queries";
import { accountById, accountsDueForCheck, storedSession } from "@/lib/accounts/queries";
import { renewSession } from "@/lib/accounts/renew-session";
import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import { kaspiAccounts, kaspiSessions } from "@/lib/db/schema/kaspi";
import { listMerchants } from "@/lib/kaspi/merchants";
import { dismissNotice, listOpenNotices } from "@/lib/notices/queries";
import { testOffice } from "../support/office";
import { connectedStore, connectStores, smallShop } from "../support/stores";

const office = await testOffice();
const { access, owner, twin, database } = office;
const { db } = access;
let accountId = "";

beforeEach(async () => {
  twin.clearFaults();
  twin.setPassword(smallShop);
  await db.delete(kaspiSessions);
  await db.delete(kaspiAccounts).catch(() => {});
  await connectedStore(office);
  const [account] = await db.select().from(kaspiAccounts);
  accountId = account?.id ?? "";
  twin.forgetRequests();
});

const ask = () => inCabinet(access, accountId, listMerchants);
const logins = () => twin.requests().login?.total ?? 0;

describe("a session that has died", () => {
  test.each(["session_401", "session_403", "session_302", "session_login_page"] as const)(
    "is renewed once with the stored password (%s)",
    async (name) => {
      twin.setFault({ name, times: 1 });
      expect((await ask()).map((merchant) => merchant.uid)).toHaveLength(1);
      expect(logins()).toBe(1);
    },
  );

  test("is renewed by one of many workers, and all of them go on", async () => {
    twin.expireSessions();
    await Promise.all(Array.from({ length: 6 }, ask));
    expect(logins()).toBe(1);
  });

  test("is renewed once by two machines whose clocks differ", async () => {
    const dead = await storedSession(db, accountId);
    twin.expireSessions();
    const slow = { ...access, clock: () => later(access.clock(), -3 * SECOND) };
    await renewSession(slow, accountId, dead?.savedAt ?? null);
    const known = await renewSession(access, accountId, dead?.savedAt ?? null);
    expect(known.savedAt.getTime()).toBeLessThan(dead?.savedAt.getTime() ?? 0);
    expect(logins()).toBe(1);
  });

  test("whose password was changed needs a person: said once, and no login is tried again", async () => {
    twin.expireSessions();
    twin.setPassword({ ...smallShop, password: "changed at Kaspi" });
    await expect(ask()).rejects.toMatchObject({
      kind: "needs_reauth",
      key: "reauth_password_wrong",
    });
    await expect(ask()).rejects.toMatchObject({ kind: "needs_reauth" });
    expect(logins()).toBe(1);
    expect(await accountById(db, accountId)).toMatchObject({
      session: "needs_reauth",
      reauthReason: "password_wrong",
    });
    expect(await listOpenNotices(db, owner)).toMatchObject([
      { kind: "needs_reauth", severity: "danger" },
    ]);
    twin.setPassword(smallShop);
    await connectedStore(office);
    expect((await ask()).length).toBe(1);
    expect(await listOpenNotices(db, owner)).toEqual([]);
  });

  test("without a stored password asks for a person instead of guessing", async () => {
    await db.update(kaspiAccounts).set({ password: null });
    twin.expireSessions();
    await expect(ask()).rejects.toMatchObject({ key: "reauth_no_password" });
    expect(logins()).toBe(0);
  });
});

describe("trouble that is not a dead session", () => {
  test.each(["server_error", "connection_reset", "half_answer"] as const)(
    "%s leads to no login",
    async (name) => {
      twin.setFault({ name, at: ["merchants"] });
      await expect(ask()).rejects.toThrow();
      expect(logins()).toBe(0);
      expect(await accountById(db, accountId)).toMatchObject({ session: "valid" });
    },
  );

  test("a flood answer keeps everybody away for as long as Kaspi wants", async () => {
    twin.expireSessions();
    twin.setFault({ name: "login_flood", ms: 2 * MINUTE });
    await expect(ask()).rejects.toMatchObject({ kind: "kaspi_flood" });
    await expect(ask()).rejects.toMatchObject({ kind: "kaspi_flood" });
    expect(logins()).toBe(1);
    twin.clearFaults();
    twin.advance({ ms: 3 * MINUTE });
    expect((await ask()).length).toBe(1);
  });
});

describe("a login that Kaspi's side keeps from working", () => {
  test("is not tried again and again while our address is refused, and works once it is not", async () => {
    twin.expireSessions();
    twin.setFault({ name: "id_refuses_address" });
    await expect(ask()).rejects.toMatchObject({ kind: "kaspi_address_refused" });
    const asked = () => twin.requests().authorize?.total ?? 0;
    const tried = asked();
    for (let n = 0; n < 5; n += 1) await expect(ask()).rejects.toThrow();
    expect([tried > 0, asked()]).toEqual([true, tried]);
    expect(await accountById(db, accountId)).toMatchObject({ session: "waiting" });
    expect(await breakOfLogin(db, smallShop.email, access.clock())).toMatchObject({
      by: "address",
    });
    expect(await listOpenNotices(db, owner)).toMatchObject([
      { kind: "login_address_refused", severity: "warning" },
    ]);
    expect(await accountsDueForCheck(db, access.clock())).toEqual([accountId]);
    twin.clearFaults();
    twin.advance({ ms: 6 * MINUTE });
    expect((await ask()).length).toBe(1);
    expect(await accountById(db, accountId)).toMatchObject({ session: "valid" });
    expect(await breakOfLogin(db, smallShop.email, access.clock())).toBeNull();
    expect(await listOpenNotices(db, owner)).toEqual([]);
  });

  test("is tried at once by a person who has mended the address", async () => {
    twin.expireSessions();
    twin.setFault({ name: "id_refuses_address" });
    await expect(ask()).rejects.toMatchObject({ kind: "kaspi_address_refused" });
    twin.clearFaults();
    await connectedStore(office);
    expect(await accountById(db, accountId)).toMatchObject({ session: "valid" });
  });
});

describe("one login at a time", () => {
  test("is let through, of all that want the same one", async () => {
    let inside = 0;
    const work = async () => {
      inside += 1;
      await accountById(db, accountId);
      expect(inside).toBe(1);
      inside -= 1;
      return null;
    };
    const look = async () => null;
    const asked = Array.from({ length: 4 }, () =>
      oneLoginAtATime(access, smallShop.email, { look, work, signal: undefined }),
    );
    await Promise.all(asked);
  });

  test("goes for a person who connects, too", async () => {
    const lease = await takeLoginLease(db, smallShop.email, access.clock());
    const patience = AbortSignal.timeout(50);
    await expect(connectStores(access, owner, smallShop, patience)).rejects.toThrow();
    expect(logins()).toBe(0);
    if (lease) await endLoginLease(db, smallShop.email, lease);
    await connectedStore(office);
    expect(logins()).toBe(1);
  });

  test("is stopped by the one who asked, and leaves the next one its turn", async () => {
    const controller = new AbortController();
    const work = (signal: AbortSignal) =>
      new Promise<null>((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("stopped")), { once: true });
        controller.abort(new Error("the person has left"));
      });
    const turn = { look: async () => null, work, signal: controller.signal };
    await expect(oneLoginAtATime(access, smallShop.email, turn)).rejects.toThrow(
      "the person has left",
    );
    const lease = await takeLoginLease(db, smallShop.email, access.clock());
    expect(lease).not.toBeNull();
    if (lease) await endLoginLease(db, smallShop.email, lease);
  });

  test("is not waited for without end", async () => {
    const lease = await takeLoginLease(db, smallShop.email, later(access.clock(), HOUR));
    const patient = { ...access, sleep: async (ms: number) => void twin.advance({ ms }) };
    const before = access.clock().getTime();
    await expect(connectStores(patient, owner, smallShop)).rejects.toMatchObject({
      kind: "unavailable",
      key: "login_busy",
    });
    expect(access.clock().getTime() - before).toBeLessThan(MINUTE);
    expect(logins()).toBe(0);
    if (lease) await endLoginLease(db, smallShop.email, lease);
  });

  test("is let go of by a process that has died, and kept by the one after it", async () => {
    const dead = await takeLoginLease(db, smallShop.email, access.clock());
    expect(await takeLoginLease(db, smallShop.email, access.clock())).toBeNull();
    twin.advance({ ms: 4 * MINUTE });
    const next = await takeLoginLease(db, smallShop.email, access.clock());
    if (!dead || !next) throw new Error("no lease");
    await endLoginLease(db, smallShop.email, dead);
    expect(await takeLoginLease(db, smallShop.email, access.clock())).toBeNull();
    await endLoginLease(db, smallShop.email, next);
  });
});

test("a notice that a person has put away is raised again while a login is still wanted", async () => {
  twin.expireSessions();
  await db.update(kaspiAccounts).set({ password: null });
  await expect(ask()).rejects.toMatchObject({ kind: "needs_reauth" });
  for (const { id } of await listOpenNotices(db, owner))
    await dismissNotice(db, owner, id, access.clock());
  await expect(checkAccount(access, accountId)).rejects.toMatchObject({ kind: "needs_reauth" });
  expect(await listOpenNotices(db, owner)).toMatchObject([{ kind: "needs_reauth" }]);
});

test("the check finds a dead session and renews it before a price has to wait", async () => {
  twin.expireSessions();
  await checkAccount(access, accountId);
  expect(logins()).toBe(1);
  expect(await accountById(db, accountId)).toMatchObject({ session: "valid" });
});

test("neither password nor cookies stand in the database as they are", async () => {
  const rows = await database.sql`select a::text as account, s::text as session
    from kaspi_accounts a join kaspi_sessions s on s.account_id = a.id`;
  const stored = JSON.stringify(rows);
  expect(stored).not.toContain(smallShop.password);
  expect(stored).not.toContain("mc-sid");
  const [session] = await db
    .select()
    .from(kaspiSessions)
    .where(eq(kaspiSessions.accountId, accountId));
  expect(access.vault.open(session?.cookies ?? "")).toContain("mc-sid");
});
