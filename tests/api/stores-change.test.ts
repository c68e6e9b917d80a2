import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { auditLog } from "@/lib/db/schema/workspace";
import { apiStores } from "../support/api-stores";
import { connectedStore } from "../support/stores";

const office = await apiStores();
const { access, added, bySeller, call, database, seller, twin } = office;
const { db } = access;
const token = "5tUq0nKcVbXz3mWd7sYe";

describe("a change of a store", () => {
  test("names it, and puts it to rest and to work as the page does", async () => {
    const { storeId } = await connectedStore(office);
    const path = `/kaspi/stores/${storeId}/`;
    const before = (await call("GET", path)).body;
    const changed = await call("PATCH", path, { body: { name: "Наш", is_active: false } });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ name: "Наш", is_active: false, session: "valid" });
    expect(Date.parse(changed.body.updated_at)).toBeGreaterThan(Date.parse(before.updated_at));
    expect((await call("PATCH", path, { body: { is_active: true } })).body.is_active).toBe(true);
    const told = await db.select().from(auditLog).where(eq(auditLog.storeId, storeId));
    const actions = told.map(({ action }) => action);
    for (const action of ["store.renamed", "store.paused", "store.resumed"])
      expect(actions).toContain(action);
  });

  test("that changes nothing is none", async () => {
    const id = await added();
    const body = { name: "Shop 17203946", is_active: true, api_token: null };
    const { status } = await call("PATCH", `/kaspi/stores/${id}/`, { body, ...bySeller });
    expect(status).toBe(200);
    const entries = and(eq(auditLog.storeId, id), eq(auditLog.userId, seller.id));
    expect(await db.$count(auditLog, entries)).toBe(1);
  });

  test("keeps a token that Kaspi takes, and forgets it", async () => {
    const { storeId, merchantId } = await connectedStore(office);
    const taken = twin.about().merchants.find(({ uid }) => uid === merchantId)?.token ?? "";
    const path = `/kaspi/stores/${storeId}/`;
    const kept = await call("PATCH", path, { body: { api_token: taken } });
    expect(kept.status).toBe(200);
    expect(JSON.stringify(kept.body)).not.toContain(taken);
    const tokenOf = async () =>
      (await db.select().from(stores).where(eq(stores.id, storeId)))[0]?.apiToken;
    expect(access.vault.open((await tokenOf()) ?? "")).toBe(taken);
    await call("PATCH", path, { body: { api_token: null } });
    expect(await tokenOf()).toBeNull();
  });

  test("with a token that Kaspi does not take changes nothing else", async () => {
    const { storeId } = await connectedStore(office);
    const body = { api_token: token, name: "Не будет" };
    const answer = await call("PATCH", `/kaspi/stores/${storeId}/`, { body });
    expect(answer.status).toBe(422);
    expect(answer.body.details).toMatchObject([{ path: "api_token" }]);
    expect((await call("GET", `/kaspi/stores/${storeId}/`)).body.name).not.toBe("Не будет");
  });

  test("that fails on the way has changed nothing at all", async () => {
    const { storeId, merchantId } = await connectedStore(office);
    const api_token = twin.about().merchants.find(({ uid }) => uid === merchantId)?.token;
    const path = `/kaspi/stores/${storeId}/`;
    const before = (await call("GET", path)).body;
    const seen = await db.$count(auditLog);
    for (const broken of ["name <> 'Не будет'", "is_active", "api_token is null"]) {
      await database.sql.unsafe(`alter table stores add constraint broken check (${broken})`);
      const body = { name: "Не будет", is_active: false, api_token };
      const { status } = await call("PATCH", path, { body });
      await database.sql`alter table stores drop constraint broken`;
      expect(status).toBe(500);
      expect((await call("GET", path)).body).toEqual(before);
      const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
      expect(store?.apiToken).toBeNull();
      expect(await db.$count(auditLog)).toBe(seen);
    }
  });

  test.each([
    { merchant_id: "1" },
    { user_id: seller.id },
    { is_active: "no" },
    { api_token: "x" },
  ])("of something else is refused: %j", async (body) => {
    const id = await added();
    expect((await call("PATCH", `/kaspi/stores/${id}/`, { body })).status).toBe(422);
  });
});

test("a store that is removed is gone from everywhere and keeps its history", async () => {
  const { storeId } = await connectedStore(office);
  const { status, body } = await call("DELETE", `/kaspi/stores/${storeId}`);
  expect([status, body]).toEqual([204, ""]);
  for (const [method, path] of [
    ["GET", ""],
    ["DELETE", ""],
    ["GET", "session/"],
    ["POST", "sync/"],
  ] as const)
    expect((await call(method, `/kaspi/stores/${storeId}/${path}`)).status).toBe(404);
  expect((await call("GET", "/kaspi/stores/")).body.count).toBe(0);
  const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
  expect(store).toMatchObject({ isActive: false, archivedAt: expect.any(Date) });
});
