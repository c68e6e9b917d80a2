import { beforeEach, describe, expect, test } from "vitest";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { apiOffice, keyOf } from "../support/api";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { connectedStore, syncNow } from "../support/stores";
import { memberWith } from "../support/whole-office";

const office = await apiOffice();
const { storeId, merchantId } = await connectedStore(office);
await syncNow(office, storeId);
const goods = await goodsOnSale(office, storeId, merchantId);

let own: Handle;
let path: string;
beforeEach(() => {
  const next = goods.pop() ?? expect.fail("no goods are left");
  own = handle(office, next);
  path = `/products/${next.productId}/`;
});

const post = (to: string, body: unknown) => office.call("POST", to, { body });

describe("a price", () => {
  test.each(["/products/update_price/", "/kaspi/update_product_price"])(
    "set at %s is sent by the same way as the bot's",
    async (to) => {
      const price = own.kaspiPrice() + 5;
      const { status, body } = await post(to, { product_id: own.productId, price });
      expect(status).toBe(202);
      expect(body).toEqual({ success: true, decision_id: expect.any(String), status: "queued" });
      await own.publish();
      office.twin.advance({ ms: MINUTE });
      expect(own.kaspiPrice()).toBe(price);
      const history = await office.call("GET", `${path}price_history/`);
      expect(history.body.results[0]).toMatchObject({
        ...{ id: body.decision_id, price, origin: "manual", by: office.owner.name },
        ...{ reason: "set_by_hand", kind: "change" },
      });
    },
  );

  test("beyond a limit is refused with the limit's name and amount", async () => {
    const floor = own.kaspiPrice() - 20;
    await office.call("PATCH", path, { body: { min_price: floor } });
    const body = { product_id: own.productId, price: floor - 1 };
    const refused = await post("/products/update_price/", body);
    expect([refused.status, refused.body.code]).toEqual([422, "invalid"]);
    expect(refused.body.details[0].path).toBe("price");
    expect(refused.body.error.replaceAll(/\s/gu, "")).toMatch(/.+/);
    expect(refused.body.details[0].message.replaceAll(/\s/gu, "")).toContain(`${floor}`);
  });

  test("far from the present one wants to be meant", async () => {
    const body = { product_id: own.productId, price: own.kaspiPrice() * 3 };
    const asked = await post("/products/update_price/", body);
    expect([asked.status, asked.body.code]).toEqual([422, "confirmation_needed"]);
    expect((await post("/products/update_price/", { ...body, confirm: true })).status).toBe(202);
  });

  test("leaves the bot's hold as it was, unless it says otherwise", async () => {
    const set = async (more: object) => {
      const price = own.kaspiPrice() + 1;
      const body = { product_id: own.productId, price, ...more };
      expect((await post("/products/update_price/", body)).status).toBe(202);
      return (await own.product()).manualLock;
    };
    expect(await set({})).toBe(false);
    expect(await set({ hold: true })).toBe(true);
    expect(await set({})).toBe(true);
    expect(await set({ hold: false })).toBe(false);
  });

  test("is asked for once, however often the request comes with its key", async () => {
    const body = { product_id: own.productId, price: own.kaspiPrice() + 7 };
    const headers = { "idempotency-key": "one price" };
    const ask = (said: unknown) =>
      office.call("POST", "/products/update_price/", { body: said, headers });
    const first = await ask(body);
    const again = await ask(body);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body).toEqual(first.body);
    const other = await ask({ ...body, price: body.price + 1 });
    expect([other.status, other.body.code]).toEqual([409, "conflict"]);
    expect((await office.call("GET", `${path}price_history/`)).body.count).toBe(1);
    office.twin.advance({ ms: DAY });
    expect((await ask({ ...body, price: body.price + 1 })).status).toBe(202);
  });
});

describe("the bots of many", () => {
  test("go on where there is a floor, called by any name; the others are named with the reason", async () => {
    const without = handle(office, goods.pop() ?? expect.fail("no goods are left"));
    await office.call("PATCH", path, { body: { min_price: own.kaspiPrice() - 10 } });
    const names = [own.sku, without.productId, "no-such-article"];
    const on = await post("/products/batch_enable/", { store_id: storeId, product_ids: names });
    expect(on.status).toBe(200);
    expect(on.body).toMatchObject({
      ...{ success: true, updated_count: 1, failed_ids: names.slice(1) },
      failed: [
        { id: names[1], reason: "bot_needs_floor", text: expect.any(String) },
        { id: names[2], reason: "not_found", text: expect.any(String) },
      ],
    });
    expect(await own.product()).toMatchObject({ botEnabled: true });
    const off = await post("/products/batch_disable/", {
      store_id: storeId,
      product_ids: [own.cardId],
    });
    expect(off.body).toMatchObject({ updated_count: 1, failed_ids: [] });
    expect(await own.product()).toMatchObject({ botEnabled: false });
  });
});

describe("a rule", () => {
  test("is put whole, and answers with what it would do now", async () => {
    const price = own.kaspiPrice();
    await own.watch({ floor: price - 300 });
    own.rivals(price - 50);
    await own.check();
    const rule = { strategy: { kind: "match" }, whenFirst: "raise", minRating: null };
    const put = await office.call("PUT", `${path}strategy/`, { body: rule });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      ...{ product_id: own.productId, own: rule, rule: { ...rule, whenAlone: { kind: "hold" } } },
      decision: { kind: "change", price: price - 50, text: expect.stringMatching(/\s/) },
    });
    expect((await office.call("GET", `${path}strategy`)).body).toEqual(put.body);
    await office.call("PATCH", path, { body: { step: { unit: "tenge", value: 3 } } });
    expect((await office.call("GET", `${path}strategy/`)).body.own).toEqual({
      ...rule,
      step: { unit: "tenge", value: 3 },
    });
  });

  test.each([{ strategy: { kind: "win" } }, { freeze: 101 }, { colour: 1 }])(
    "%j is none",
    async (body) => {
      expect((await office.call("PUT", `${path}strategy/`, { body })).status).toBe(422);
    },
  );
});

describe("the history of a product", () => {
  test("is read by its days, and a reversed period is told to be one", async () => {
    await own.watch({ floor: own.kaspiPrice() - 300 });
    own.rivals(own.kaspiPrice() - 50);
    await own.check();
    const at = office.access.clock();
    const day = (offset: number) =>
      later(at, offset * DAY)
        .toISOString()
        .slice(0, 10);
    const of = (query: string) => office.call("GET", `${path}price_history/?${query}`);
    const { body } = await of(`from=${day(0)}&to=${day(0)}`);
    expect(body.count).toBe(1);
    expect(body.results[0].trail.length).toBeGreaterThan(0);
    expect(body.results[0].text).toMatch(/\s/);
    expect((await of(`from=${day(1)}`)).body.count).toBe(0);
    expect((await of(`to=${at.toISOString()}`)).body.count).toBe(1);
    expect((await of(`from=${day(1)}&to=${day(0)}`)).status).toBe(422);
    for (const never of ["0000-01-01", "9999-12-31T23:59:59-14:00"])
      expect((await of(`to=${encodeURIComponent(never)}`)).status).toBe(422);
    expect((await of("from=yesterday")).body.details[0].path).toBe("from");
  });
});

describe("the offers of a card", () => {
  test.each(["/products/offers_by_product/", "/kaspi/offers_by_product"])(
    "are read of Kaspi at %s, by our product or by its card",
    async (to) => {
      own.rivals(own.kaspiPrice() - 40, own.kaspiPrice() + 9);
      const byId = await post(to, { product_id: own.productId });
      expect(byId.status).toBe(200);
      expect(byId.body).toMatchObject({ success: true, total: 3, product: { id: own.productId } });
      const whose = byId.body.data.map(({ is_own }: { is_own: boolean }) => is_own);
      expect(whose).toEqual([false, true, false]);
      const byCard = await post(to, { sku: own.cardId, city_id: own.cityId });
      expect(byCard.body.data).toEqual(byId.body.data);
    },
  );

  test("are read once a second by one person, after sixty at once", async () => {
    const person = await memberWith(office, "hasty", []);
    const key = await keyOf(office, person);
    const body = { sku: "no-such-card".replaceAll("-", "") };
    const ask = () => office.call("POST", "/products/offers_by_product/", { body, key });
    const answers = await Promise.all(Array.from({ length: 80 }, ask));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(60);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("retry-after")).toBe("1");
  });

  test("that nobody can read now are no empty list", async () => {
    office.twin.setFault({ name: "server_error", at: ["offers"] });
    const { status, body, headers } = await post("/products/offers_by_product/", {
      sku: own.cardId,
    });
    office.twin.clearFaults();
    expect([status, body.success, body.code]).toEqual([503, false, "unavailable"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test.each([
    {},
    { sku: "1", product_id: "00000000-0000-4000-8000-000000000000" },
    { sku: "../x" },
  ])("want one name: %j", async (body) => {
    expect((await post("/products/offers_by_product/", body)).status).toBe(422);
  });
});

describe("a store in numbers", () => {
  test("counts what its list shows", async () => {
    const { status, body } = await office.call("GET", `/products/store_stats/?store_id=${storeId}`);
    expect(status).toBe(200);
    const all = await office.call("GET", `/products/?store_id=${storeId}&page_size=100`);
    const on = await office.call("GET", `/products/?store_id=${storeId}&bot_active=true`);
    expect(body).toMatchObject({ total_products: all.body.count, active_bots: on.body.count });
  });
});
