import { desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { bulkChanges } from "@/lib/db/schema/bulk";
import { auditLog } from "@/lib/db/schema/workspace";
import { changeBatch, changeMany, undoMany } from "@/lib/repricing/bulk/change-many";
import { apiOffice, keyOf } from "../support/api";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { connectedStore, syncNow } from "../support/stores";
import { memberWith } from "../support/whole-office";

const office = await apiOffice();
const { access, owner } = office;
const { storeId, merchantId } = await connectedStore(office);
await syncNow(office, storeId);
const goods = await goodsOnSale(office, storeId, merchantId);
const other = await memberWith(office, "other", ["view_store", "view_product", "change_price"]);
const theirKey = await keyOf(office, other);

/** A product of the test's own. */
let own: Handle;
let path: string;
beforeEach(() => {
  const next = goods.pop() ?? expect.fail("no goods are left");
  own = handle(office, next);
  path = `/products/${next.productId}/`;
});

const notSeen = { status: 404, body: { success: false, code: "not_found" } };

describe("the list of products", () => {
  test("is read page by page, along whole addresses, with and without the last slash", async () => {
    const first = await office.call("GET", "/products?page_size=2&ordering=-price");
    expect(first.status).toBe(200);
    expect(first.body.results).toHaveLength(2);
    expect(first.body.previous).toBeNull();
    const next = new URL(first.body.next);
    expect(next.origin).toBe(new URL(process.env.NEXTAUTH_URL ?? "").origin);
    const rest = `${next.pathname.replace("/api/v1", "")}${next.search}`;
    const second = await office.call("GET", rest);
    expect(second.body.results[0].price).toBeLessThanOrEqual(first.body.results[1].price);
    expect(second.body.count).toBe(first.body.count);
    const whole = await office.call("GET", "/products/?page_size=100&ordering=-price");
    const ids = whole.body.results.slice(0, 4).map(({ id }: { id: string }) => id);
    const paged = [...first.body.results, ...second.body.results];
    expect(paged.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test("is narrowed by what is asked, and sorted by any of its orderings", async () => {
    const { body } = await office.call("GET", "/products/?page_size=100&ordering=price");
    const prices = body.results.map(({ price }: { price: number }) => price);
    expect(prices).toEqual(prices.toSorted((one: number, two: number) => one - two));
    const middle = prices[Math.floor(prices.length / 2)];
    const dear = await office.call("GET", `/products/?min_price=${middle}&page_size=100`);
    expect(dear.body.count).toBe(prices.filter((price: number) => price >= middle).length);
    const found = await office.call("GET", `/products/?search=${own.sku}`);
    expect(found.body.results.map(({ kaspi_sku }: { kaspi_sku: string }) => kaspi_sku)).toContain(
      own.sku,
    );
  });

  test.each([
    ["an unknown filter", "?colour=red", "colour"],
    ["an unknown ordering", "?ordering=colour", "ordering"],
    ["a page that is none", "?page=0", "page"],
    ["too long a page", "?page_size=101", "page_size"],
    ["an id that is none", "?store_id=7", "store_id"],
  ])("refuses %s by its name", async (_what, query, field) => {
    const { status, body } = await office.call("GET", `/products/${query}`);
    expect([status, body.success, body.code]).toEqual([422, false, "invalid"]);
    expect(body.details.map((detail: { path: string }) => detail.path)).toEqual([field]);
    expect(body.details[0].message).not.toMatch(/^[a-z_]+$/);
  });

  test("shows nothing of somebody else's, and their id only to whom sees all", async () => {
    expect((await office.call("GET", "/products/", { key: theirKey })).body.count).toBe(0);
    const asked = `/products/?user_id=${owner.id}`;
    expect((await office.call("GET", asked, { key: theirKey })).status).toBe(403);
    expect((await office.call("GET", asked)).body.count).toBeGreaterThan(0);
  });

  test("has no page after its last", async () => {
    expect((await office.call("GET", "/products/?page=900")).status).toBe(404);
  });
});

describe("a product", () => {
  test("is told whole, in the words of the contract", async () => {
    const { status, body } = await office.call("GET", path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ id: own.productId, store_id: storeId, kaspi_sku: own.sku },
      ...{ external_kaspi_id: own.cardId, price: own.kaspiPrice(), bot_active: false },
      ...{ min_price: null, on_sale: true, strategy: { kind: "undercut" } },
    });
    expect(body.created_at).toMatch(/^\d{4}-.*Z$/);
  });

  test.each(["PATCH", "PUT"])("%s sets what is named and leaves what is absent", async (method) => {
    const price = own.kaspiPrice();
    const wishes = { min_price: price - 10, max_price: price + 500, bot_active: true };
    const set = await office.call(method, path, { body: wishes });
    expect(set).toMatchObject({ status: 200, body: wishes });
    const more = { strategy: { kind: "match" }, step: { unit: "tenge", value: 5 }, cost: 7 };
    const then = await office.call(method, path, { body: more });
    expect(then.body).toMatchObject({ ...wishes, ...more });
    const cleared = { max_price: null, strategy: null, cost: null };
    expect((await office.call(method, path, { body: cleared })).body).toMatchObject({
      ...wishes,
      ...{ max_price: null, cost: null, strategy: { kind: "undercut" } },
      step: { unit: "tenge", value: 5 },
    });
  });

  test("is changed whole or not at all", async () => {
    const price = own.kaspiPrice();
    const crossed = { cost: 7, step: { unit: "tenge", value: 9 }, min_price: price, max_price: 20 };
    const { status, body } = await office.call("PATCH", path, { body: crossed });
    expect(status).toBe(422);
    expect(body.details).toEqual([{ path: "min_price", message: expect.any(String) }]);
    expect(await own.product()).toMatchObject({ cost: null, floor: null, ceiling: null });
    expect((await office.call("GET", path)).body.step).not.toEqual(crossed.step);
  });

  test("takes a floor under half of its price only from who knows it", async () => {
    const doubtful = { min_price: Math.max(10, Math.floor(own.kaspiPrice() / 3)) };
    const asked = await office.call("PATCH", path, { body: doubtful });
    expect([asked.status, asked.body.code]).toEqual([422, "confirmation_needed"]);
    const sure = await office.call("PATCH", path, { body: { ...doubtful, confirm: true } });
    expect([sure.status, sure.body.min_price]).toEqual([200, doubtful.min_price]);
  });

  test.each([
    [{ price: 5_000 }, "price"],
    [{ min_price: 9 }, "min_price"],
    [{ colour: "red" }, "colour"],
    [{ bot_active: "yes" }, "bot_active"],
    [{ bot_active: true }, undefined],
  ])("refuses %j", async (body, field) => {
    const answer = await office.call("PATCH", path, { body });
    expect(answer.status).toBe(422);
    if (field) expect(answer.body.details[0].path).toBe(field);
    expect(answer.body.error).not.toMatch(/^[a-z_]+$/);
  });

  test("of somebody else does not exist, whatever is asked of it", async () => {
    const asks = [
      ["GET", path],
      ["PATCH", path, { cost: 5 }],
      ["PUT", path, { cost: 5 }],
      ["DELETE", path],
      ["GET", `${path}strategy/`],
      ["PUT", `${path}strategy/`, {}],
      ["GET", `${path}price_history/`],
      ["POST", "/products/update_price/", { product_id: own.productId, price: 500 }],
      ["POST", "/products/batch_enable/", { store_id: storeId, product_ids: [own.productId] }],
      ["POST", "/products/offers_by_product/", { product_id: own.productId }],
      ["GET", `/products/store_stats/?store_id=${storeId}`],
    ] as const;
    for (const [method, address, body] of asks) {
      const answer = await office.call(method, address, { body, key: theirKey });
      expect([address, answer]).toMatchObject([address, notSeen]);
    }
    expect(await own.product()).toMatchObject({ cost: null, botEnabled: false });
  });

  test("that is none is not found, and what is no JSON is said to be none", async () => {
    expect((await office.call("GET", "/products/7/")).status).toBe(404);
    const broken = await office.call("PATCH", path, { body: "{cost: 5" });
    expect([broken.status, broken.body.code]).toEqual([400, "bad_request"]);
  });

  test("changed by a key names the key in the audit", async () => {
    await office.call("PATCH", path, { body: { cost: 77 } });
    const [entry] = await access.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, own.productId));
    expect(entry).toMatchObject({ action: "product.costs_changed", userId: owner.id });
    expect(entry?.keyId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("a product that is not on Kaspi yet", () => {
  const made = (kaspi_sku: string, more = {}) => ({
    ...{ store_id: storeId, kaspi_sku, name: "Чайник", min_price: 900, ...more },
  });

  test("is made, told where it is, and has no price that could be sent", async () => {
    const { status, body, headers } = await office.call("POST", "/products/", {
      body: made("N-1"),
    });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(`/api/v1/products/${body.id}/`);
    expect(body).toMatchObject({ kaspi_sku: "N-1", on_sale: false, price: null, min_price: 900 });
    const price = { product_id: body.id, price: 1_000, confirm: true };
    expect((await office.call("POST", "/products/update_price/", { body: price })).status).toBe(
      422,
    );
  });

  test("keeps its article to itself until it is taken out, and comes back under its id", async () => {
    const { body } = await office.call("POST", "/products/", { body: made("N-2") });
    expect((await office.call("POST", "/products/", { body: made("N-2") })).status).toBe(409);
    expect((await office.call("DELETE", `/products/${body.id}`)).status).toBe(204);
    expect((await office.call("GET", `/products/${body.id}/`)).status).toBe(404);
    const again = await office.call("POST", "/products/", { body: made("N-2", { name: "Два" }) });
    expect(again.body).toMatchObject({ id: body.id, name: "Два" });
  });

  test("is made in no store of somebody else's", async () => {
    const asked = { body: made("N-3"), key: theirKey };
    expect(await office.call("POST", "/products/", asked)).toMatchObject(notSeen);
  });
});

describe("a product that is taken out", () => {
  test("is meant by no change of many, nor by the undo of one", async () => {
    await own.watch({ floor: own.kaspiPrice() - 100 });
    const batch = { store_id: storeId, product_ids: [own.productId] };
    await office.call("POST", "/products/batch_disable/", { body: batch });
    const [off] = await access.db.select().from(bulkChanges).orderBy(desc(bulkChanges.createdAt));
    expect((await office.call("DELETE", path)).status).toBe(204);
    const undo = await undoMany(access.db, owner, off?.id ?? "", access.clock());
    while (await changeBatch(access.db, undo, access.clock()));
    const selection = { kind: "ids" as const, ids: [own.productId] };
    const change = { kind: "bot" as const, enabled: true };
    await expect(
      changeMany(access.db, owner, { selection, change, confirm: false }, access.clock()),
    ).rejects.toMatchObject({ key: "bulk_empty" });
    await syncNow(office, storeId);
    expect((await office.call("GET", path)).body).toMatchObject({
      bot_active: false,
      on_sale: true,
    });
  });

  test("sends nothing more, and is back with its bot off when a sync meets it", async () => {
    const price = own.kaspiPrice();
    await own.watch({ floor: price - 100 });
    const body = { product_id: own.productId, price: price - 5 };
    expect((await office.call("POST", "/products/update_price/", { body })).status).toBe(202);
    expect((await office.call("DELETE", path)).status).toBe(204);
    await own.publish();
    expect(own.kaspiPrice()).toBe(price);
    await syncNow(office, storeId);
    const back = await office.call("GET", path);
    expect(back.body).toMatchObject({ id: own.productId, bot_active: false, on_sale: true });
  });
});
