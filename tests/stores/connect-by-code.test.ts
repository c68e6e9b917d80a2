import { beforeEach, describe, expect, test } from "vitest";
import { inCabinet } from "@/lib/accounts/cabinet";
import { heldLogin } from "@/lib/accounts/hold-login";
import { breakOfLogin } from "@/lib/accounts/login-queries";
import type { LoginRequest, WaitingLogin } from "@/lib/accounts/model";
import { changePending, endExpired, forgetPending } from "@/lib/accounts/pending-queries";
import { ownLogins } from "@/lib/accounts/queries";
import { createVault } from "@/lib/auth/vault";
import { later, MINUTE } from "@/lib/core/time";
import { connect as connectDatabase } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
import { kaspiAccounts, kaspiSessions } from "@/lib/db/schema/kaspi";
import { pendingLogins } from "@/lib/db/schema/logins";
import { createAccess } from "@/lib/exits/access";
import { listMerchants } from "@/lib/kaspi/merchants";
import { listOpenNotices } from "@/lib/notices/queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";
import type { ConnectStep } from "@/lib/stores/model";
import { listStores } from "@/lib/stores/queries";
import { testOffice } from "../support/office";
import { smallShop } from "../support/stores";

const office = await testOffice({ startAt: new Date("2026-11-02T06:00:00Z") });
const { access, owner, stranger, twin, database } = office;
const { db } = access;

const sms: LoginRequest = { by: "phone", phone: "77010000003" };
const mailed = (keepPassword = true): LoginRequest => ({
  by: "email",
  email: "code@duken.kz",
  password: "code-kaspi",
  keepPassword,
});
const choice: LoginRequest = {
  by: "email",
  email: "choose@duken.kz",
  password: "choose-kaspi",
  keepPassword: true,
};

beforeEach(async () => {
  twin.clearFaults();
  twin.advance({ ms: 61 * MINUTE });
  await database.sql`truncate stores, kaspi_accounts, runs, notices, jobs.event, login_breaks,
    login_leases, pending_logins, audit_log cascade`;
  twin.forgetRequests();
});

const begin = (request: LoginRequest) => beginConnecting(access, owner, request);
const code = () => twin.lastCode()?.code ?? "";
const codeReply = (text = code()) => ({ kind: "code" as const, code: text });

function waiting(step: ConnectStep): WaitingLogin {
  if (step.kind === "done") throw new Error("nothing waits");
  return step;
}

async function begun(request: LoginRequest): Promise<WaitingLogin> {
  return waiting(await begin(request));
}

const answer = (
  { pendingId }: Pick<WaitingLogin, "pendingId">,
  reply: Parameters<typeof goOnConnecting>[2]["reply"] = codeReply(),
  by = owner,
) => goOnConnecting(access, by, { pendingId, reply });

describe("a login by a code", () => {
  test.each([
    ["a text message", sms, "sms"],
    ["a mail", mailed(), "mail"],
  ] as const)(
    "of %s waits for it, and then its store is connected",
    async (_, request, channel) => {
      const step = await begun(request);
      expect(step).toMatchObject({ kind: "needs_code", channel, attemptsLeft: 5 });
      expect(step.expiresInMs).toBe(5 * MINUTE);
      expect(await answer(step)).toMatchObject({ kind: "done", result: { stores: [{}] } });
      expect(await db.$count(pendingLogins)).toBe(0);
      expect(await listStores(db, owner)).toMatchObject([{ session: "valid" }]);
    },
  );

  test("goes on in another process after a restart of this one", async () => {
    const step = await begun(sms);
    const other = connectDatabase(database.url, 2);
    const elsewhere = createAccess({
      ...access,
      db: other.db,
      vault: createVault(Buffer.alloc(32, "test key").toString("base64")),
    });
    const replied = { pendingId: step.pendingId, reply: codeReply() };
    expect(await goOnConnecting(elsewhere, owner, replied)).toMatchObject({ kind: "done" });
    await other.sql.end();
  });

  test("is not asked for its code twice when the shops cannot be read the first time", async () => {
    const step = await begun(sms);
    twin.setFault({ name: "connection_reset", at: ["merchants"], times: 1 });
    const typed = codeReply();
    await expect(answer(step, typed)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
    const asked = twin.requests().login?.total;
    expect(await answer(step, typed)).toMatchObject({ kind: "done" });
    expect(twin.requests().login?.total).toBe(asked);
    expect(await db.$count(pendingLogins)).toBe(0);
  });

  test("is not asked for its code twice when the way into the cabinet breaks off", async () => {
    const step = await begun(sms);
    const typed = codeReply();
    twin.setFault({ name: "connection_reset", at: ["callback"], times: 1 });
    await expect(answer(step, typed)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
    const asked = twin.requests().login?.total;
    expect(await answer(step, typed)).toMatchObject({ kind: "done" });
    expect(twin.requests().login?.total).toBe(asked);
  });

  test("typed at the last moment leaves time to read the shops", async () => {
    const step = await begun(sms);
    twin.advance({ ms: 5 * MINUTE - 1_000 });
    twin.setFault({ name: "connection_reset", at: ["merchants"], times: 1 });
    const typed = codeReply();
    await expect(answer(step, typed)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
    twin.advance({ ms: MINUTE });
    expect(await answer(step, typed)).toMatchObject({ kind: "done" });
  });

  test("that has expired in one window does not end the one begun in another", async () => {
    const step = await begun(mailed());
    twin.advance({ ms: 5 * MINUTE + 1 });
    const late = access.clock();
    const again = await begun(mailed());
    expect(again.pendingId).toBe(step.pendingId);
    await endExpired(db, step.pendingId, late);
    expect(await answer(again)).toMatchObject({ kind: "done" });
  });

  test("is nobody's but the one's who began it", async () => {
    const step = await begun(sms);
    await expect(answer(step, codeReply(), stranger)).rejects.toMatchObject({
      kind: "not_found",
      key: "login_gone",
    });
    expect(await heldLogin(access, stranger.id)).toBeNull();
    expect(await answer(step)).toMatchObject({ kind: "done" });
  });

  test("says at once that the code is wrong, counts it, and takes the right one", async () => {
    const step = await begun(sms);
    const right = code();
    await expect(answer(step, codeReply("000000"))).rejects.toMatchObject({
      kind: "kaspi_credentials",
      key: "login_code_wrong",
    });
    expect(await heldLogin(access, owner.id)).toMatchObject({ attemptsLeft: 4 });
    expect(await answer(step, codeReply(right))).toMatchObject({ kind: "done" });
  });

  test("asks Kaspi no more than it takes of one code", async () => {
    const step = await begun(sms);
    for (let miss = 0; miss < 5; miss += 1)
      await expect(answer(step, codeReply("000000"))).rejects.toMatchObject({ status: 401 });
    const asked = twin.requests().login?.total;
    await expect(answer(step)).rejects.toMatchObject({ key: "login_code_old" });
    expect(twin.requests().login?.total).toBe(asked);
  });

  test("is over after five minutes, and its secrets are deleted", async () => {
    const step = await begun(mailed());
    twin.advance({ ms: 5 * MINUTE + 1 });
    expect(await heldLogin(access, owner.id)).toBeNull();
    await expect(answer(step)).rejects.toMatchObject({ kind: "gone", key: "login_expired" });
    expect(await db.$count(pendingLogins)).toBe(0);
    await begun(mailed());
    twin.advance({ ms: 20 * MINUTE });
    await forgetPending(db, access.clock());
    expect(await db.$count(pendingLogins)).toBe(0);
  });

  test("may ask for another code when Kaspi sends one, and not before", async () => {
    const step = await begun(mailed());
    const first = code();
    await expect(answer(step, { kind: "send_again" })).rejects.toMatchObject({
      kind: "kaspi_flood",
      retryAfterMs: MINUTE,
    });
    twin.advance({ ms: MINUTE + 1 });
    const again = waiting(await answer(step, { kind: "send_again" }));
    expect(again).toMatchObject({ pendingId: step.pendingId, kind: "needs_code" });
    expect(again.expiresInMs).toBe(5 * MINUTE);
    expect(code()).not.toBe(first);
    expect(await answer(again)).toMatchObject({ kind: "done" });
  });

  test("is sent again a few times at most, and then ends by itself", async () => {
    const step = await begun(sms);
    const again = async () => {
      twin.advance({ ms: 2 * MINUTE });
      return answer(step, { kind: "send_again" });
    };
    for (let times = 0; times < 3; times += 1) expect((await again()).kind).toBe("needs_code");
    const asked = twin.requests().login?.total;
    await expect(again()).rejects.toMatchObject({
      key: "too_many_kaspi_logins",
      retryAfterMs: 3 * MINUTE,
    });
    expect(twin.requests().login?.total).toBe(asked);
    twin.advance({ ms: 4 * MINUTE });
    await expect(answer(step)).rejects.toMatchObject({ key: "login_expired" });
    twin.advance({ ms: 61 * MINUTE });
    expect((await begun(sms)).kind).toBe("needs_code");
  });

  test("sent again counts for its person, whatever the phone", async () => {
    const step = await begun(sms);
    const phones = Array.from({ length: 9 }, (_, n) => `770177700${10 + n}`);
    for (const phone of phones)
      await expect(begin({ by: "phone", phone })).rejects.toMatchObject({
        key: "login_no_merchants",
      });
    twin.advance({ ms: 2 * MINUTE });
    const asked = twin.requests().login?.total;
    await expect(answer(step, { kind: "send_again" })).rejects.toMatchObject({
      key: "too_many_kaspi_logins",
    });
    expect(twin.requests().login?.total).toBe(asked);
  });

  test("that is too old says when another may be asked for, and none is before", async () => {
    const step = await begun(mailed());
    twin.expireSessions();
    await expect(answer(step)).rejects.toMatchObject({
      key: "login_lost",
      retryAfterMs: MINUTE,
    });
    await expect(answer(step, { kind: "send_again" })).rejects.toMatchObject({
      kind: "kaspi_flood",
    });
  });

  test("is not sent again while Kaspi wants no login of this name, whoever was told so", async () => {
    const step = await begun(sms);
    twin.advance({ ms: 2 * MINUTE });
    twin.setFault({ name: "sms_flood", ms: 90_000 });
    await expect(beginConnecting(access, stranger, sms)).rejects.toMatchObject({
      kind: "kaspi_flood",
    });
    twin.clearFaults();
    const asked = twin.requests().login?.total;
    await expect(answer(step, { kind: "send_again" })).rejects.toMatchObject({
      kind: "kaspi_flood",
    });
    expect(twin.requests().login?.total).toBe(asked);
  });

  test("asked for twice at once sends one code", async () => {
    const [one, two] = await Promise.all([begun(mailed()), begun(mailed())]);
    expect(two.pendingId).toBe(one.pendingId);
    expect(twin.requests().login?.total).toBe(1);
  });

  test("asked for twice at once sends one code, also where the password may not be kept", async () => {
    const [one, two] = await Promise.all([begun(mailed(false)), begun(mailed(false))]);
    expect(two.pendingId).toBe(one.pendingId);
    expect(twin.requests().login?.total).toBe(1);
  });

  test("asked for again keeps what its person says the last time", async () => {
    const step = await begun(mailed());
    expect((await begun(mailed(false))).pendingId).toBe(step.pendingId);
    const [row] = await db.select().from(pendingLogins);
    expect(access.vault.open(row?.state ?? "")).not.toContain("code-kaspi");
    await answer(step);
    const [account] = await db.select().from(kaspiAccounts);
    expect([account?.password, twin.requests().login?.total]).toEqual([null, 2]);
  });

  test("asked for with another password is another login", async () => {
    const step = await begun(mailed(false));
    const other = { ...mailed(false), password: "wrong" } as LoginRequest;
    await expect(begin(other)).rejects.toMatchObject({ kind: "kaspi_credentials" });
    expect(await answer(step)).toMatchObject({ kind: "done" });
  });

  test("that Kaspi has forgotten says so, and begins anew when the code is sent again", async () => {
    const step = await begun(mailed());
    twin.expireSessions();
    await expect(answer(step)).rejects.toMatchObject({ kind: "gone", key: "login_lost" });
    twin.advance({ ms: MINUTE + 1 });
    const again = waiting(await answer(step, { kind: "send_again" }));
    expect(again.kind).toBe("needs_code");
    expect(await answer(again)).toMatchObject({ kind: "done" });
  });

  test("whose password may not be kept holds none, and is over when Kaspi forgets it", async () => {
    const step = await begun(mailed(false));
    const [row] = await db.select().from(pendingLogins);
    expect(access.vault.open(row?.state ?? "")).not.toContain("code-kaspi");
    twin.expireSessions();
    await expect(answer(step)).rejects.toMatchObject({ kind: "gone", key: "login_gone" });
    expect(await db.$count(pendingLogins)).toBe(0);
  });

  test("sealed with a key that was lost is over, and can be begun anew", async () => {
    const step = await begun(mailed());
    const vault = createVault(Buffer.alloc(32, "another key").toString("base64"));
    const later = createAccess({ ...access, vault });
    const replied = { pendingId: step.pendingId, reply: codeReply() };
    await expect(goOnConnecting(later, owner, replied)).rejects.toMatchObject({
      key: "login_gone",
    });
    twin.advance({ ms: MINUTE + 1 });
    const again = waiting(await beginConnecting(later, owner, mailed()));
    expect(
      await goOnConnecting(later, owner, { pendingId: again.pendingId, reply: codeReply() }),
    ).toMatchObject({ kind: "done" });
  });

  test("whose proxy has died is begun anew by another way, but not before Kaspi sends a code again", async () => {
    const dead = { deadSince: access.clock(), deadReason: "silent" as const };
    const proxyUrl = access.vault.seal("http://127.0.0.1:9");
    const [proxy] = await db
      .insert(exits)
      .values({ name: "dying", proxyUrl, readsPerSecond: 1, ...dead })
      .returning();
    const step = await begun(mailed());
    const [row] = await db.select().from(pendingLogins);
    const state = JSON.parse(access.vault.open(row?.state ?? ""));
    await changePending(db, step.pendingId, {
      state: access.vault.seal(JSON.stringify({ ...state, exitId: proxy?.id })),
    });
    await begun(mailed());
    expect(twin.requests().login?.total).toBe(1);
    twin.advance({ ms: MINUTE + 1 });
    expect(await answer(await begun(mailed()))).toMatchObject({ kind: "done" });
  });

  test("a phone is never shown whole", async () => {
    const step = await begun(sms);
    expect(step.login).toBe("+7 701 ••• •• 03");
    await answer(step);
    expect(await listStores(db, owner)).toMatchObject([{ login: "+7 701 ••• •• 03" }]);
  });
});

describe("a choice of shop", () => {
  test("connects the shop chosen, and each choice is a session of its own", async () => {
    const first = await begun(choice);
    expect(first).toMatchObject({
      kind: "choose_merchant",
      merchants: [{ uid: "30901122" }, { uid: "30901133" }],
    });
    const one = await answer(first, { kind: "merchant", uid: "30901122" });
    const two = await answer(await begun(choice), { kind: "merchant", uid: "30901133" });
    expect([one, two]).toMatchObject([
      { result: { stores: [{ merchantId: "30901122" }] } },
      { result: { stores: [{ merchantId: "30901133" }] } },
    ]);
    const accounts = await db.select().from(kaspiAccounts);
    expect(accounts.map((account) => account.chosenMerchant).sort()).toEqual([
      "30901122",
      "30901133",
    ]);
    for (const account of accounts) {
      const seen = await inCabinet(access, account.id, listMerchants);
      expect(seen).toEqual([{ uid: account.chosenMerchant }]);
    }
  });

  test("that was taken stands, whatever is chosen after the way in broke off", async () => {
    const step = await begun(choice);
    twin.setFault({ name: "connection_reset", at: ["callback"], times: 1 });
    await expect(answer(step, { kind: "merchant", uid: "30901122" })).rejects.toThrow();
    const done = await answer(step, { kind: "merchant", uid: "30901133" });
    expect(done).toMatchObject({ result: { stores: [{ merchantId: "30901122" }] } });
    const [account] = await db.select().from(kaspiAccounts);
    expect(account?.chosenMerchant).toBe("30901122");
  });

  test("that Kaspi has forgotten is over, and the login begins anew", async () => {
    const step = await begun(choice);
    twin.expireSessions();
    const chosen = { kind: "merchant" as const, uid: "30901122" };
    await expect(answer(step, chosen)).rejects.toMatchObject({ kind: "gone", key: "login_gone" });
    expect(await answer(await begun(choice), chosen)).toMatchObject({ kind: "done" });
  });

  test("that Kaspi makes by itself at the renewal is another shop's session, and calls its person", async () => {
    await answer(await begun(choice), { kind: "merchant", uid: "30901133" });
    const [account] = await db.select().from(kaspiAccounts);
    const ask = () => inCabinet(access, account?.id ?? "", listMerchants);
    twin.setFault({ name: "choice_skipped" });
    twin.expireSessions();
    await expect(ask()).rejects.toMatchObject({ key: "reauth_choice_required" });
    twin.clearFaults();
    await answer(await begun(choice), { kind: "merchant", uid: "30901133" });
    twin.setFault({ name: "choice_skipped" });
    await db.update(kaspiAccounts).set({ chosenMerchant: "30901122" });
    twin.expireSessions();
    expect(await ask()).toEqual([{ uid: "30901122" }]);
  });

  test("is made again by itself when the session is renewed", async () => {
    await answer(await begun(choice), { kind: "merchant", uid: "30901133" });
    twin.expireSessions();
    const [account] = await db.select().from(kaspiAccounts);
    const seen = await inCabinet(access, account?.id ?? "", listMerchants);
    expect(seen).toEqual([{ uid: "30901133" }]);
  });
});

describe("a flood answer", () => {
  test("is kept by the login's name, for everybody and before anything is connected", async () => {
    twin.setFault({ name: "sms_flood", ms: 90_000 });
    await expect(begin(sms)).rejects.toMatchObject({ kind: "kaspi_flood", retryAfterMs: 105_000 });
    twin.clearFaults();
    const asked = twin.requests().login?.total;
    await expect(beginConnecting(access, stranger, sms)).rejects.toMatchObject({
      kind: "kaspi_flood",
    });
    expect(twin.requests().login?.total).toBe(asked);
    expect(await breakOfLogin(db, "77010000003", access.clock())).toMatchObject({ by: "flood" });
    twin.advance({ ms: 106_000 });
    expect((await begun(sms)).kind).toBe("needs_code");
  });

  test("is counted down to its person before they type anything", async () => {
    await answer(await begun(sms));
    expect(await ownLogins(db, owner.id, access.clock())).toMatchObject([{ waitMs: 0 }]);
    twin.setFault({ name: "sms_flood", ms: 90_000 });
    await expect(begin(sms)).rejects.toMatchObject({ kind: "kaspi_flood" });
    twin.advance({ ms: 5_000 });
    expect(await ownLogins(db, owner.id, access.clock())).toMatchObject([
      { login: "77010000003", waitMs: 100_000 },
    ]);
    twin.advance({ ms: 100_000 });
    expect(await ownLogins(db, owner.id, access.clock())).toMatchObject([{ waitMs: 0 }]);
  });

  test("to a second code leaves the first one good", async () => {
    const step = await begun(sms);
    const first = code();
    twin.advance({ ms: MINUTE + 1 });
    twin.setFault({ name: "sms_flood", ms: 90_000 });
    await expect(answer(step, { kind: "send_again" })).rejects.toMatchObject({
      kind: "kaspi_flood",
    });
    expect(await heldLogin(access, owner.id)).toMatchObject({ resendInMs: 105_000 });
    expect(await answer(step, codeReply(first))).toMatchObject({ kind: "done" });
  });
});

test("a person cannot have text messages sent to one phone after another", async () => {
  const phones = Array.from({ length: 11 }, (_, n) => `770177700${10 + n}`);
  const [last = "", ...others] = phones;
  const tryOne = (phone: string) => begin({ by: "phone", phone });
  // Kaspi knows no shop of theirs; that is no reason to go on.
  for (const phone of others)
    await expect(tryOne(phone)).rejects.toMatchObject({ key: "login_no_merchants" });
  const asked = twin.requests().login?.total;
  await expect(tryOne(last)).rejects.toMatchObject({
    kind: "rate_limited",
    key: "too_many_kaspi_logins",
  });
  expect(twin.requests().login?.total).toBe(asked);
  twin.advance({ ms: 61 * MINUTE });
  await expect(tryOne(last)).rejects.toMatchObject({ key: "login_no_merchants" });
});

describe("a session that ends", () => {
  test("of a login by SMS asks for a person on every page, and goes on once they have come", async () => {
    await answer(await begun(sms));
    const [account] = await db.select().from(kaspiAccounts);
    const ask = () => inCabinet(access, account?.id ?? "", listMerchants);
    twin.expireSessions();
    await expect(ask()).rejects.toMatchObject({ kind: "needs_reauth", key: "reauth_sms_only" });
    expect(await listOpenNotices(db, owner)).toMatchObject([
      {
        kind: "needs_reauth",
        params: { login: "+7 701 ••• •• 03", reason: "sms_only", account: account?.id },
      },
    ]);
    twin.advance({ ms: 2 * MINUTE });
    await answer(await begun(sms));
    expect(await ask()).toHaveLength(1);
    expect(await listOpenNotices(db, owner)).toEqual([]);
  });

  test("calls nobody any more once its store is disconnected", async () => {
    const step = await answer(await begun(sms));
    const [account] = await db.select().from(kaspiAccounts);
    twin.expireSessions();
    await expect(inCabinet(access, account?.id ?? "", listMerchants)).rejects.toThrow();
    expect(await listOpenNotices(db, owner)).toHaveLength(1);
    const [store] = step.kind === "done" ? step.result.stores : [];
    await archiveStore(db, owner, store?.storeId ?? "", access.clock());
    expect(await listOpenNotices(db, owner)).toEqual([]);
  });

  test("leaves no secret behind when its last store is disconnected", async () => {
    const done = await begin({ by: "email", ...smallShop, keepPassword: true });
    const [store] = done.kind === "done" ? done.result.stores : [];
    await archiveStore(db, owner, store?.storeId ?? "", access.clock());
    const [account] = await db.select().from(kaspiAccounts);
    expect(account).toMatchObject({ password: null, session: "unknown" });
    expect(await db.$count(kaspiSessions)).toBe(0);
    await begin({ by: "email", ...smallShop, keepPassword: true });
    expect(await listStores(db, owner)).toMatchObject([{ session: "valid" }]);
  });

  test("and whose renewal wants a code has it waiting for the person who comes", async () => {
    await answer(await begun(mailed()));
    const [account] = await db.select().from(kaspiAccounts);
    twin.advance({ ms: 2 * MINUTE });
    twin.expireSessions();
    const ask = () => inCabinet(access, account?.id ?? "", listMerchants);
    await expect(ask()).rejects.toMatchObject({ key: "reauth_code_required" });
    const asked = twin.requests().login?.total;
    const step = await begun(mailed());
    expect(twin.requests().login?.total).toBe(asked);
    expect(await answer(step)).toMatchObject({ kind: "done" });
    expect(await ask()).toHaveLength(1);
  });

  test("while its person logs in anew is not renewed under their hands", async () => {
    await answer(await begun(mailed()));
    const [account] = await db.select().from(kaspiAccounts);
    twin.advance({ ms: 2 * MINUTE });
    twin.expireSessions();
    await begun(mailed());
    await expect(inCabinet(access, account?.id ?? "", listMerchants)).rejects.toMatchObject({
      kind: "unavailable",
      key: "login_under_way",
    });
  });

  test("calls its person at once, even while somebody else plays with their phone", async () => {
    await answer(await begun(sms));
    const [account] = await db.select().from(kaspiAccounts);
    twin.advance({ ms: 2 * MINUTE });
    expect((await beginConnecting(access, stranger, sms)).kind).toBe("needs_code");
    twin.expireSessions();
    await expect(inCabinet(access, account?.id ?? "", listMerchants)).rejects.toMatchObject({
      kind: "needs_reauth",
      key: "reauth_sms_only",
    });
  });

  test("is renewed while a login that was let in waits for its shops to be read", async () => {
    twin.clearFaults();
    const small = { by: "email", ...smallShop, keepPassword: true } as const;
    await begin(small);
    const [account] = await db.select().from(kaspiAccounts);
    await db.insert(pendingLogins).values({
      userId: stranger.id,
      login: smallShop.email,
      step: "inside",
      state: "",
      resendAt: access.clock(),
      expiresAt: later(access.clock(), 5 * MINUTE),
    });
    twin.expireSessions();
    expect(await inCabinet(access, account?.id ?? "", listMerchants)).toHaveLength(1);
  });

  test("of a login whose password is not kept asks for a person", async () => {
    const step = await begin({
      by: "email",
      email: "small@duken.kz",
      password: "small-kaspi",
      keepPassword: false,
    });
    expect(step.kind).toBe("done");
    const [account] = await db.select().from(kaspiAccounts);
    expect(account?.password).toBeNull();
    twin.expireSessions();
    await expect(inCabinet(access, account?.id ?? "", listMerchants)).rejects.toMatchObject({
      key: "reauth_no_password",
    });
  });
});

test("neither codes, passwords nor cookies stand in the tables or the audit as they are", async () => {
  await answer(await begun(mailed()));
  const step = await begun(choice);
  const rows = await database.sql`
    select (select json_agg(a) from audit_log a)::text as audit,
      (select json_agg(p) from pending_logins p)::text as pending,
      (select json_agg(k) from kaspi_accounts k)::text as accounts`;
  const stored = JSON.stringify(rows);
  expect(stored).toContain("account.connected");
  for (const secret of ["code-kaspi", "choose-kaspi", "MS_AUTH_SSO", "mc-sid", code()])
    expect(stored).not.toContain(secret);
  expect(step.kind).toBe("choose_merchant");
});
