import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { describe, expect, test } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { auditLog } from "@/lib/db/schema/workspace";
import { within } from "../support/api-access";
import { apiStores } from "../support/api-stores";
import { connectedStore } from "../support/stores";

const office = await apiStores();
const { access, added, bySeller, call, database, other, owner, seller } = office;
const { db } = access;

type Said = Parameters<typeof call>[2];
const add = (body: object, more: Said = {}) => call("POST", "/kaspi/stores/", { body, ...more });
const names = (body: { results: { name: string }[] }) => body.results.map(({ name }) => name);

describe("the list of stores", () => {
  test("tells of each what is known, in one page", async () => {
    const { storeId } = await connectedStore(office);
    const { status, body } = await call("GET", "/kaspi/stores");
    expect(status).toBe(200);
    expect(body).toEqual({
      count: 1,
      next: null,
      previous: null,
      results: [
        {
          id: storeId,
          user_id: owner.id,
          merchant_id: "17203946",
          name: expect.any(String),
          products_count: 0,
          last_sync: null,
          last_login: expect.stringMatching(/Z$/),
          is_active: true,
          session: "valid",
          reauth_reason: null,
          created_at: expect.stringMatching(/Z$/),
          updated_at: expect.stringMatching(/Z$/),
        },
      ],
    });
  });

  test("is narrowed, sorted and read page by page", async () => {
    for (const merchant of ["100", "200", "300"]) await added(merchant);
    const paused = await added("400");
    await call("PATCH", `/kaspi/stores/${paused}/`, { body: { is_active: false }, ...bySeller });
    const get = async (query: string) => (await call("GET", `/kaspi/stores/?${query}`)).body;
    expect(names(await get("is_active=false"))).toEqual(["Shop 400"]);
    expect(names(await get("search=shop%2020"))).toEqual(["Shop 200"]);
    expect(names(await get("search=300"))).toEqual(["Shop 300"]);
    expect((await get(`user_id=${seller.id}&is_active=true`)).count).toBe(3);
    expect((await get(`user_id=${owner.id}`)).results).toEqual([]);
    const first = await get("ordering=-name&page_size=3");
    expect(names(first)).toEqual(["Shop 400", "Shop 300", "Shop 200"]);
    const { pathname, search } = new URL(first.next);
    const second = await call("GET", pathname.replace("/api/v1", "") + search);
    expect(names(second.body)).toEqual(["Shop 100"]);
    expect(second.body.count).toBe(4);
    for (const ordering of ["created_at", "-updated_at", "last_sync", "-products_count"])
      expect((await get(`ordering=${ordering}`)).count).toBe(4);
    // What is not known is less than anything.
    await db.update(stores).set({ lastSyncAt: new Date() }).where(eq(stores.id, paused));
    expect(names(await get("ordering=last_sync")).at(-1)).toBe("Shop 400");
    expect(names(await get("ordering=-last_sync")).at(0)).toBe("Shop 400");
  });

  test.each(["ordering=user_id", "active=true", "is_active=1", "user_id=7", "page=0"])(
    "is not asked with %s",
    async (query) => {
      expect((await call("GET", `/kaspi/stores/?${query}`)).status).toBe(422);
    },
  );

  test("is two questions to the database, however long it is", async () => {
    for (const merchant of ["100", "200", "300"]) await added(merchant);
    const asked: string[] = [];
    const logQuery = (query: string) => void asked.push(query);
    const db = drizzle(database.sql, { logger: { logQuery } });
    const { body } = await within({ ...access, db }, () => call("GET", "/kaspi/stores/"));
    expect([body.count, body.results.length, asked.length]).toEqual([3, 3, 2]);
  });

  test("shows nobody else's, and another's only to those who see all", async () => {
    await added();
    expect((await call("GET", "/kaspi/stores/", { key: other.key })).body.count).toBe(0);
    const of = await call("GET", `/kaspi/stores/?user_id=${seller.id}`, { key: other.key });
    expect([of.status, of.body.code]).toEqual([403, "forbidden"]);
    expect((await call("GET", `/kaspi/stores/?user_id=${seller.id}`)).body.count).toBe(1);
    const own = await call("GET", `/kaspi/stores/?user_id=${seller.id}`, bySeller);
    expect(own.body.count).toBe(1);
  });
});

describe("a store that is added", () => {
  test("has no session yet, and its own address", async () => {
    const { status, body, headers } = await add({ merchant_id: " 555 ", name: " Мой " }, bySeller);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      user_id: seller.id,
      merchant_id: "555",
      name: "Мой",
      is_active: true,
      session: "unknown",
      last_login: null,
      last_sync: null,
    });
    expect(headers.get("location")).toBe(`/api/v1/kaspi/stores/${body.id}/`);
    const read = await call("GET", `/kaspi/stores/${body.id}`, bySeller);
    expect([read.status, read.body]).toEqual([200, body]);
    const entries = await db.select().from(auditLog).where(eq(auditLog.storeId, body.id));
    expect(entries).toMatchObject([{ action: "store.added", userId: seller.id }]);
  });

  test("is there once for each user", async () => {
    await added();
    const again = await add({ merchant_id: "17203946", name: "Ещё" }, bySeller);
    expect([again.status, again.body.code]).toEqual([409, "conflict"]);
  });

  test("does not tell that somebody else has the merchant, nor takes it from them", async () => {
    const { storeId } = await connectedStore(office);
    const { status, body } = await add({ merchant_id: "17203946", name: "Мой" }, bySeller);
    expect(status).toBe(201);
    expect(JSON.stringify(body)).not.toContain(owner.id);
    const login = { email: "small@duken.kz", password: "small-kaspi" };
    const refused = await call("POST", "/kaspi/auth/authenticate/", { body: login, ...bySeller });
    expect(refused.status).toBe(409);
    expect((await call("GET", `/kaspi/stores/${storeId}/`)).body.session).toBe("valid");
  });

  test("is claimed by its first login, under the name it was given", async () => {
    const id = await added();
    const login = { email: "small@duken.kz", password: "small-kaspi" };
    const { body } = await call("POST", "/kaspi/auth/authenticate/", { body: login, ...bySeller });
    expect(body.store_id).toBe(id);
    const read = await call("GET", `/kaspi/stores/${id}/`, bySeller);
    expect(read.body).toMatchObject({ session: "valid", name: "Shop 17203946" });
    const [store] = await db.select().from(stores).where(eq(stores.id, id));
    expect(store?.claimedAt).not.toBeNull();
    await call("PATCH", `/kaspi/stores/${id}/`, { body: { name: "" }, ...bySeller });
    const named = await call("GET", `/kaspi/stores/${id}/`, bySeller);
    expect(named.body.name).toBe(store?.kaspiName);
  });

  test("takes the place of one that was disconnected, and holds no merchant until a login", async () => {
    const { storeId, merchantId } = await connectedStore(office);
    expect((await call("DELETE", `/kaspi/stores/${storeId}/`)).status).toBe(204);
    const { status, body } = await add({ merchant_id: merchantId, name: "Снова" });
    expect([status, body.id]).toEqual([201, storeId]);
    expect(body).toMatchObject({ name: "Снова", is_active: true, session: "unknown" });
    const login = { email: "small@duken.kz", password: "small-kaspi" };
    const taken = await call("POST", "/kaspi/auth/authenticate/", { body: login, ...bySeller });
    expect(taken.status).toBe(200);
  });

  test("is somebody else's when an owner says so, and nobody else does", async () => {
    const made = await add({ merchant_id: "900", name: "Их", user_id: seller.id });
    expect([made.status, made.body.user_id]).toEqual([201, seller.id]);
    const refused = await add({ merchant_id: "901", name: "Их", user_id: other.id }, bySeller);
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    const unknown = { merchant_id: "902", name: "Их", user_id: crypto.randomUUID() };
    expect((await add(unknown)).status).toBe(404);
  });

  test.each([
    [{ name: "Без номера" }, "merchant_id"],
    [{ merchant_id: "1 2", name: "Пробел" }, "merchant_id"],
    [{ merchant_id: "12", name: " " }, "name"],
    [{ merchant_id: "12", name: "x".repeat(101) }, "name"],
    [{ merchant_id: "12", name: "Лишнее", rule: {} }, "rule"],
  ])("names the field that is wrong: %j", async (body, path) => {
    const answer = await add(body);
    expect(answer.status).toBe(422);
    expect(answer.body.details).toMatchObject([{ path }]);
  });

  test("is added once by a repeated request", async () => {
    const headers = { "idempotency-key": "store-1" };
    const body = { merchant_id: "17203946", name: "Раз" };
    const first = await add(body, { headers });
    const again = await add(body, { headers });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
  });
});
