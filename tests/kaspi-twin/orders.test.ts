import { expect, test } from "vitest";
import { selected } from "@/lib/kaspi-twin/selection";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { differences, sample } from "./same-shape";
import { twinForTest, visitorInside } from "./visitor";

const DAY = 86_400_000;
const SMALL = "17203946";

function shop(twin: Twin) {
  const token = twin.about().merchants.find(({ uid }) => uid === SMALL)?.token ?? "";
  const headers = {
    accept: "application/vnd.api+json",
    "content-type": "application/vnd.api+json",
    "x-auth-token": token,
  };
  const at = (path: string) => `${twin.urls.storefront}/shop/api/v2/${path}`;
  return {
    raw: (path: string) => fetch(at(path), { headers }),
    get: async (path: string) => (await fetch(at(path), { headers })).json(),
    change: (attributes: object, id: string, more: Record<string, string> = {}) =>
      fetch(at("orders"), {
        method: "POST",
        headers: { ...headers, ...more },
        body: JSON.stringify({ data: { type: "orders", id, attributes } }),
      }),
  };
}

const window = (twin: Twin, days = 13) => {
  const { now } = twin.now();
  return `filter[orders][creationDate][$ge]=${now - days * DAY}&filter[orders][creationDate][$le]=${now}`;
};
const idOf = (code: string) => Buffer.from(code).toString("base64").replace(/=+$/, "");

test("orders, their lines and what these are about have the recorded shape", async () => {
  const twin = await twinForTest();
  const { code } = twin.addOrder({ merchantUid: SMALL, isKaspiDelivery: true });
  const { get } = shop(twin);
  const list = await get(`orders?page[size]=20&${window(twin)}&include[orders]=entries`);
  const name = "shop-api-v2_orders_kaspi-delivery_cancelling_2025-04.response.json";
  const { cancellationReason: _, ...wanted } = (sample(name) as never as Recorded).data[0]
    .attributes;
  expect(differences(wanted, list.data[0].attributes)).toEqual([]);
  expect(differences((sample(name) as never as Recorded).included, list.included)).toEqual([]);
  expect(list.meta).toEqual({ pageCount: 1, totalCount: 1 });
  expect(list.data[0].id).toBe(idOf(code));
  const entries = await get(`orders/${idOf(code)}/entries`);
  expect(differences((sample(name) as never as Recorded).included, entries.data)).toEqual([]);
  const product = await get(`orderentries/${entries.data[0].id}/product`);
  expect(product.data.attributes.code).toMatch(/^1\d{8}$/);
});

type Recorded = { data: [{ attributes: { cancellationReason: string } }]; included: unknown[] };

test("what is archived is listed only when it is named; codes are no ids", async () => {
  const twin = await twinForTest();
  const { code } = twin.addOrder({ merchantUid: SMALL, state: "ARCHIVE", status: "COMPLETED" });
  const { get, raw } = shop(twin);
  expect((await get(`orders?${window(twin)}`)).data).toEqual([]);
  const archived = await get(`orders?filter[orders][state]=NEW,ARCHIVE&${window(twin)}`);
  expect(archived.data).toHaveLength(1);
  expect((await get(`orders?filter[orders][code]=${code}`)).data).toHaveLength(1);
  expect((await raw(`orders/${code}/entries`)).status).toBe(404);
});

test("amounts are printed as floats, as Kaspi prints them", async () => {
  const twin = await twinForTest();
  twin.addOrder({ merchantUid: SMALL, deliveryCost: 500 });
  const text = await (await shop(twin).raw(`orders?${window(twin)}`)).text();
  expect(text).toMatch(/"totalPrice":\d+\.0/);
  expect(text).toContain('"deliveryCost":500.0');
});

test("a seeded shop has orders of every age, the same for the same seed", async () => {
  const [one, other] = [await twinForTest(), await twinForTest()];
  for (const twin of [one, other]) twin.seedOrders({ merchantUid: SMALL, days: 30, perDay: 5 });
  const facts = (twin: Twin) =>
    twin.orders({ merchantUid: SMALL }).map(({ code, state, status }) => [code, state, status]);
  expect(facts(one)).toEqual(facts(other));
  expect(facts(one)).toHaveLength(150);
  expect(new Set(facts(one).map(([, state]) => state)).size).toBeGreaterThan(3);
});

test("changes answer as recorded, and only those that may be made are", async () => {
  const twin = await twinForTest();
  const { code } = twin.addOrder({ merchantUid: SMALL, isKaspiDelivery: true });
  const { change } = shop(twin);
  const accept = { code, status: "ACCEPTED_BY_MERCHANT" };
  const accepted = await change(accept, idOf(code));
  const recorded = sample("shop-api-v2_order_accept.response.json");
  expect(differences(recorded, await accepted.json())).toEqual([]);
  expect((await change(accept, idOf(code))).status).toBe(400);
  expect((await change({ status: "ASSEMBLE", numberOfSpace: "2" }, idOf(code))).status).toBe(200);
  expect(twin.order({ merchantUid: SMALL, code })).toMatchObject({ parcels: 2, assembled: true });
  expect((await change({ code: "1", status: "ASSEMBLE" }, idOf(code))).status).toBe(404);
});

test("an order is completed with the code that was sent, and no other", async () => {
  const twin = await twinForTest();
  const said = { merchantUid: SMALL, state: "PICKUP", status: "ACCEPTED_BY_MERCHANT" };
  const { code } = twin.addOrder(said);
  const { change } = shop(twin);
  const complete = (security: string) =>
    change({ code, status: "COMPLETED" }, idOf(code), {
      "x-security-code": security,
      "x-send-code": "true",
    });
  expect((await complete("")).status).toBe(200);
  const wrong = await complete("nope");
  expect([wrong.status, await wrong.json()]).toEqual([
    400,
    sample("shop-api-v2_error_complete_wrong-code.response.json"),
  ]);
  const { securityCode } = twin.order({ merchantUid: SMALL, code });
  expect((await complete(securityCode ?? "")).status).toBe(200);
  expect(await (await complete("")).json()).toEqual(
    sample("shop-api-v2_error_complete_already.response.json"),
  );
});

test("the cabinet shows the same orders by tab, ten at a time, and says their details", async () => {
  const twin = await twinForTest();
  const packing = { state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" };
  const made = Array.from({ length: 12 }, () =>
    twin.addOrder({ merchantUid: SMALL, isKaspiDelivery: true, ...packing }),
  );
  const visitor = await visitorInside(twin, "small");
  const ask = async (operationName: string, variables: object) => {
    const body = { operationName, variables: { merchantUid: SMALL, ...variables }, query: "q" };
    return (await visitor.cabinet(`/mc/facade/graphql?opName=${operationName}`, { body })).json();
  };
  const input = { presetFilter: "KASPI_DELIVERY_CARGO_ASSEMBLY" };
  const page = await ask("getOrders", { size: 10, page: 1, input });
  expect(page.data.merchant.orders.orders).toMatchObject({ total: 12 });
  expect(page.data.merchant.orders.orders.orders).toHaveLength(2);
  expect(await ask("getOrders", { size: 50, page: 0, input })).toEqual(
    sample("graphql_error_200.response.json"),
  );
  const counters = await ask("getOrderCounters", {});
  expect(differences(sample("graphql_getOrderCounters.response.json"), counters)).toEqual([]);
  const details = await ask("getOrderDetails", { orderCode: made[0]?.code });
  const { orderDetail } = details.data.merchant;
  expect(orderDetail).toMatchObject({ code: made[0]?.code, state: input.presetFilter });
});

test("the cabinet answers what was selected and nothing else, fragments, aliases and all", async () => {
  const order = { a: 1, b: { c: 2, d: [{ e: 3, f: 4 }] }, g: 5 };
  const query = `query q($x: Boolean!, $y: Int) { a shown: g(size: $y) @skip(if: $x)
    b { ...Inner } } fragment Inner on Thing { d { ... on One { e } ... on Two { h } } }`;
  expect(selected(order, query, { x: true })).toEqual({ a: 1, b: { d: [{ e: 3 }] } });
  expect(selected(order, query, { x: false })).toEqual({ a: 1, g: 5, b: { d: [{ e: 3 }] } });
  expect(selected(order, "q", {})).toEqual(order);
});
