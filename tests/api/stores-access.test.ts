import { describe, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { loginBreaks } from "@/lib/db/schema/logins";
import { keyOf } from "../support/api";
import { apiStores } from "../support/api-stores";
import { connectedStore } from "../support/stores";

const office = await apiStores();
const { access, added, bySeller, call, database, other, owner, seller, twin } = office;
const { db } = access;
const token = "5tUq0nKcVbXz3mWd7sYe";

describe("the session of a store", () => {
  const read = async (id: string, key = office.key) =>
    (await call("GET", `/kaspi/stores/${id}/session/`, { key })).body;

  test("is told as it is known, without asking Kaspi", async () => {
    const { storeId } = await connectedStore(office);
    twin.forgetRequests();
    expect(await read(storeId)).toEqual({
      success: true,
      is_valid: true,
      needs_reauth: false,
      reason: null,
      message: "Вход действует.",
    });
    expect(Object.values(twin.requests()).every((one) => one.total === 0)).toBe(true);
  });

  test("that only a person can open again says why", async () => {
    const { storeId } = await connectedStore(office);
    await db.update(kaspiAccounts).set({ session: "needs_reauth", reauthReason: "password_wrong" });
    const told = await read(storeId);
    expect(told).toMatchObject({ is_valid: false, needs_reauth: true, reason: "password_wrong" });
    expect(told.message).toContain("не принимает сохранённый пароль");
    const { body } = await call("GET", `/kaspi/stores/${storeId}/`);
    expect(body).toMatchObject({ session: "needs_reauth", reauth_reason: "password_wrong" });
  });

  test("that waits for Kaspi says for how long", async () => {
    const { storeId } = await connectedStore(office);
    await db.update(kaspiAccounts).set({ session: "waiting" });
    expect(await read(storeId)).toMatchObject({ reason: "waiting", needs_reauth: false });
    const until = new Date(access.clock().getTime() + 3 * MINUTE);
    await db.insert(loginBreaks).values({ login: "small@duken.kz", until, by: "flood" });
    const told = await read(storeId);
    expect(told).toMatchObject({ is_valid: false, needs_reauth: false, reason: "flood" });
    expect(told.message).toMatch(/через 3.мин/);
    expect((await call("GET", `/kaspi/stores/${storeId}/`)).body.session).toBe("unknown");
  });

  test("that nobody has opened yet needs somebody", async () => {
    const id = await added();
    const told = await read(id, seller.key);
    expect(told).toMatchObject({
      is_valid: false,
      needs_reauth: true,
      reason: "not_connected",
    });
  });
});

describe("somebody else's store", () => {
  test.each([
    ["GET", "", undefined],
    ["PATCH", "", { name: "Чужой" }],
    ["PATCH", "", { api_token: token }],
    ["DELETE", "", undefined],
    ["POST", "sync/", undefined],
    ["GET", "session/", undefined],
  ])("does not exist for a stranger: %s %s", async (method, path, body) => {
    const id = await added();
    const answer = await call(method, `/kaspi/stores/${id}/${path}`, { body, key: other.key });
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
    expect((await call("GET", `/kaspi/stores/${id}/`, bySeller)).status).toBe(200);
  });

  test("is no more found than an id that is none", async () => {
    expect((await call("GET", "/kaspi/stores/17/")).status).toBe(404);
    expect((await call("GET", `/kaspi/stores/${crypto.randomUUID()}/`)).status).toBe(404);
  });

  test("that may be looked at may not be changed", async () => {
    const id = await added();
    await database.sql`insert into store_shares (store_id, user_id, permissions)
      values (${id}, ${other.id}, ${["view_store"]})`;
    const by = { key: other.key };
    expect((await call("GET", `/kaspi/stores/${id}/`, by)).status).toBe(200);
    const changed = await call("PATCH", `/kaspi/stores/${id}/`, { body: {}, ...by });
    expect([changed.status, changed.body.code]).toEqual([403, "forbidden"]);
    expect((await call("DELETE", `/kaspi/stores/${id}/`, by)).status).toBe(403);
    expect((await call("POST", `/kaspi/stores/${id}/sync/`, by)).status).toBe(403);
  });
});

test.each([
  [
    "read",
    [
      ["GET", ""],
      ["GET", "session/"],
    ],
  ],
  [
    "write",
    [
      ["PATCH", ""],
      ["DELETE", ""],
    ],
  ],
  ["kaspi", [["POST", "sync/"]]],
] as const)(
  "a key without the scope %s is not let in where it is asked for",
  async (scope, paths) => {
    const id = await added();
    const scopes = (["read", "write", "kaspi"] as const).filter((one) => one !== scope);
    const key = await keyOf(office, owner.id, scopes);
    for (const [method, path] of paths) {
      const answer = await call(method, `/kaspi/stores/${id}/${path}`, { key });
      expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
    }
  },
);
