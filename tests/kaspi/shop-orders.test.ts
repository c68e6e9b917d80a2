import { expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import { changeOrder, type OrderChange } from "@/lib/kaspi/change-order";
import { entryCard, findOrder, listEntries, listOrders } from "@/lib/kaspi/shop-orders";
import { failure } from "./failures";
import { fixture, fixtureJson } from "./fixtures";
import { type Answer, noWait, startStub, transportTo } from "./stub-server";

const from = new Date("2026-11-01T00:00:00Z");
const until = later(from, 14 * DAY);

async function shopAnswering(answer: Answer) {
  const stub = await startStub(() => answer);
  const shop = { transport: transportTo(stub.url), token: "secret-token", acquireSlot: noWait };
  return { shop, seen: stub.seen };
}

async function listed(body: string) {
  const { shop, seen } = await shopAnswering({ body });
  return { page: await listOrders(shop, { from, until, page: 2 }), seen };
}

const sampleOrder = (name: string) => JSON.parse(fixture(name));
const spoilt = (change: (order: Record<string, never>) => void) => {
  const answer = sampleOrder("shop-api-v2_orders_new_kaspi-delivery_2026.response.json");
  const odd = structuredClone(answer.data[0]);
  change(odd);
  return JSON.stringify({ ...answer, data: [answer.data[0], odd] });
};

test("a window is asked for as Kaspi wants it: every state, raw commas, both ends counted", async () => {
  const { seen } = await listed('{"data":[],"meta":{"pageCount":0,"totalCount":0}}');
  expect(seen[0]?.url).toBe(
    "/shop/api/v2/orders?page[number]=2&page[size]=100&filter[orders][state]=NEW,SIGN_REQUIRED,PICKUP,DELIVERY,KASPI_DELIVERY,ARCHIVE" +
      `&filter[orders][creationDate][$ge]=${from.getTime()}&filter[orders][creationDate][$le]=${until.getTime() - 1}&include[orders]=entries`,
  );
  expect(seen[0]?.headers).toMatchObject({
    "x-auth-token": "secret-token",
    accept: "application/vnd.api+json",
    "content-type": "application/vnd.api+json",
    "user-agent": expect.stringContaining("Mozilla/5.0"),
  });
});

test("a new order is read: zero is zero, null is unknown, and nothing of the phone is kept", async () => {
  const { page } = await listed(
    fixture("shop-api-v2_orders_new_kaspi-delivery_2026.response.json"),
  );
  expect(page).toMatchObject({ total: 1, pages: 1, unreadable: 0 });
  expect(page.orders[0]).toEqual({
    code: "896884610",
    kaspiId: "ODk2ODg0NjEw",
    state: "NEW",
    status: "APPROVED_BY_BANK",
    isStatusGuessed: false,
    orderedAt: new Date(1770000000000),
    totalPrice: 4990,
    deliveryMode: "DELIVERY_PICKUP",
    isKaspiDelivery: true,
    express: false,
    paymentMode: "PREPAID",
    deliveryCost: 500,
    sellerDeliveryCost: 0,
    pickupPointId: "30453464_PP1",
    cityId: "750000000",
    cityName: "Алматы",
    preOrder: false,
    signatureRequired: false,
    assembled: false,
    cancellationReason: null,
    plannedAt: null,
    handoverBy: new Date(1770003600000),
    handedOverAt: null,
    waybillUrl: null,
    buyerName: "Имя О",
    emptied: ["handedOverAt", "waybillUrl"],
    entries: null,
  });
  expect(JSON.stringify(page)).not.toMatch(/7000000000|NzAwMDAwMDAwMA/);
});

test("an order brings its lines along", async () => {
  const { page } = await listed(
    fixture("shop-api-v2_orders_kaspi-delivery_cancelling_2025-04.response.json"),
  );
  expect(page.orders[0]).toMatchObject({
    status: "CANCELLING",
    cancellationReason: "TIMEOUT_BUYER_PICKUP",
    sellerDeliveryCost: 895,
    waybillUrl: "https://kaspi.kz/shop/api/waybill/...",
    handedOverAt: new Date(1745755274000),
    entries: [
      {
        nth: 0,
        entryId: "NTN7uzzgwOTk3IyMw",
        sku: "355654asiuowl",
        name: "Крышка Tefal St-Pet Glass lid 28 см (040 90 128)",
        cardId: null,
        categoryCode: "Master - Lids",
        categoryTitle: "Крышки для посуды",
        quantity: 1,
        unitType: "PIECES",
        unitPrice: 5990,
        totalPrice: 5990,
        deliveryCost: 0,
        weight: 0,
      },
    ],
  });
});

test.each<[string, (order: never) => void]>([
  ["has no code", (order: { attributes: { code?: string } }) => delete order.attributes.code],
  [
    "costs nothing sensible",
    (order: { attributes: { totalPrice: unknown } }) => {
      order.attributes.totalPrice = "много";
    },
  ],
  [
    "was made on no day",
    (order: { attributes: { creationDate: unknown } }) => {
      order.attributes.creationDate = 1e300;
    },
  ],
  [
    "is no object",
    (order: { attributes: unknown }) => {
      order.attributes = [];
    },
  ],
])("an order that %s is counted, and its page goes on", async (_, change) => {
  const { page } = await listed(spoilt(change as never));
  expect(page.orders).toHaveLength(1);
  expect(page.unreadable).toBe(1);
});

test("what is odd beside the point costs its field: a link elsewhere, a city without a name", async () => {
  const { page } = await listed(
    spoilt(((order: { attributes: Record<string, unknown> }) => {
      order.attributes.kaspiDelivery = { waybill: "javascript:alert(1)", express: "да" };
      order.attributes.originAddress = { city: 7 };
      order.attributes.customer = null;
      order.attributes.deliveryCostForSeller = "бесплатно";
      order.attributes.totalPrice = "4990.5";
    }) as never),
  );
  expect(page.unreadable).toBe(0);
  expect(page.orders[1]).toMatchObject({
    totalPrice: 4991,
    waybillUrl: null,
    cityId: null,
    buyerName: null,
    sellerDeliveryCost: null,
  });
});

test("lines are read from their own address, one about its card, too", async () => {
  const entries = await shopAnswering({ body: fixture("shop-api-v2_order-entries.response.json") });
  expect(await listEntries(entries.shop, "NTN7/x")).toEqual([
    expect.objectContaining({
      ...{ nth: 0, sku: null, name: null, quantity: 2, unitPrice: 2000, totalPrice: 4000 },
      ...{ weight: 2000, deliveryCost: 500, categoryTitle: "Фрукты" },
    }),
  ]);
  expect(entries.seen[0]?.url).toContain("/shop/api/v2/orders/NTN7%2Fx/entries");
  const card = await shopAnswering({
    body: fixture("shop-api-v2_orderentry-product.response.json"),
  });
  expect(await entryCard(card.shop, "x")).toEqual({
    cardId: "12705127",
    name: "Tunga Zodiak 2 195/65 R15 95T",
  });
});

test("one line that makes no sense makes the order's lines unknown", async () => {
  const answer = sampleOrder("shop-api-v2_order-entries.response.json");
  answer.data.push({ ...answer.data[0], attributes: { quantity: "две" } });
  const { shop } = await shopAnswering({ body: JSON.stringify(answer) });
  expect(await listEntries(shop, "x")).toBeNull();
});

test("weighed goods say how many, how heavy and in what", async () => {
  const one = sampleOrder("shop-api-v2_orderentry_by-id.response.json").data;
  const { shop } = await shopAnswering({ body: JSON.stringify({ data: [one] }) });
  expect((await listEntries(shop, "x"))?.[0]).toMatchObject({
    ...{ quantity: 3, unitType: "MEASURABLE_PIECES", weight: 3_800 },
    ...{ unitPrice: 1_560, totalPrice: 5_928 },
  });
});

test("a line may have decimals, and none at all when it was cancelled in whole", async () => {
  const one = sampleOrder("shop-api-v2_orderentry_by-id.response.json").data;
  const other = structuredClone(one);
  Object.assign(one.attributes, { quantity: 1.2345 });
  Object.assign(other.attributes, { entryNumber: 1, quantity: 0, totalPrice: 0 });
  delete other.attributes.basePrice;
  const { shop } = await shopAnswering({ body: JSON.stringify({ data: [one, other] }) });
  expect(await listEntries(shop, "x")).toMatchObject([
    { quantity: 1.235, totalPrice: 5_928 },
    { quantity: 0, totalPrice: 0, unitPrice: 0 },
  ]);
});

test("an order is found by its code, and not by another", async () => {
  const body = fixture("shop-api-v2_orders_new_kaspi-delivery_2026.response.json");
  const { shop, seen } = await shopAnswering({ body });
  const orderedAt = new Date(1_770_000_000_000);
  const named = { code: "896884610", orderedAt };
  expect(await findOrder(shop, named)).toMatchObject({ code: "896884610" });
  expect(seen).toHaveLength(1);
  expect(seen[0]?.url).toContain("filter[orders][code]=896884610");
  expect(await findOrder(shop, { code: "1", orderedAt })).toBeNull();
});

test("one that its code alone does not find is looked for in its second, in every state", async () => {
  const body = fixture("shop-api-v2_orders_new_kaspi-delivery_2026.response.json");
  const none = '{"data":[],"meta":{"pageCount":0,"totalCount":0}}';
  const stub = await startStub(({ url }) => ({ body: url.includes("[code]") ? none : body }));
  const shop = { transport: transportTo(stub.url), token: "secret-token", acquireSlot: noWait };
  const orderedAt = new Date(1_770_000_000_000);
  expect(await findOrder(shop, { code: "896884610", orderedAt })).toMatchObject({
    code: "896884610",
  });
  expect(stub.seen[1]?.url).toContain("KASPI_DELIVERY,ARCHIVE");
  expect(stub.seen[1]?.url).toContain("[$ge]=1769999999000");
  expect(stub.seen[1]?.url).toContain("[$le]=1770000001000");
});

test("an order that cannot be understood is not one that is not there", async () => {
  const { shop } = await shopAnswering({
    body: spoilt((() => {}) as never).replace('"code"', '"c"'),
  });
  const named = { code: "1", orderedAt: from };
  expect(await failure(findOrder(shop, named))).toMatchObject({ kind: "kaspi_malformed" });
});

test.each<[OrderChange, string, Record<string, string>]>([
  [{ kind: "accept" }, "accept", {}],
  [{ kind: "assemble", parcels: 2 }, "assemble", {}],
  [{ kind: "send_code" }, "complete", { "x-security-code": "", "x-send-code": "true" }],
  [
    { kind: "complete", code: "1234" },
    "complete",
    { "x-security-code": "1234", "x-send-code": "true" },
  ],
  [{ kind: "cancel", reason: "BUYER_CANCELLATION_BY_MERCHANT", comment: "" }, "cancel", {}],
])("%j goes out as in the official sample", async (change, name, headers) => {
  const sample = fixtureJson(`shop-api-v2_order_${name}.request.json`) as {
    data: { id: string; attributes: { code?: string } };
  };
  const { shop, seen } = await shopAnswering({
    body: fixture(`shop-api-v2_order_${name}.response.json`),
  });
  const code = sample.data.attributes.code ?? "1";
  await changeOrder(shop, { kaspiId: sample.data.id, code }, change);
  expect(seen[0]?.method).toBe("POST");
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual(sample);
  expect(seen[0]?.headers).toMatchObject(headers);
});

test.each([
  ["wrong-code", "order_code_wrong"],
  ["cancelled", "order_is_cancelled"],
  ["already", "order_is_completed"],
  ["sign", "order_not_completable"],
])("Kaspi's refusal %s has its own words", async (name, key) => {
  const body = fixture(`shop-api-v2_error_complete_${name}.response.json`);
  const { shop } = await shopAnswering({ status: 400, body });
  const order = { kaspiId: "x", code: "1" };
  const outcome = changeOrder(shop, order, { kind: "complete", code: "1234" });
  expect(await failure(outcome)).toMatchObject({ kind: "kaspi_rejected", key });
});

test.each<[Answer, object]>([
  [{ status: 401 }, { kind: "kaspi_rejected", key: "token_refused" }],
  [{ status: 403 }, { kind: "kaspi_rejected", key: "token_refused" }],
  [
    { status: 403, headers: { "content-type": "text/html" }, body: "<html>" },
    { kind: "kaspi_address_refused" },
  ],
  [
    { status: 429, headers: { "retry-after": "7" } },
    { kind: "kaspi_throttled", retryAfterMs: 7_000 },
  ],
  [{ status: 404 }, { kind: "kaspi_not_found" }],
  [{ status: 400, body: '{"errors":[{"title":"Nobody knows"}]}' }, { key: "order_refused" }],
  [{ status: 400, body: "no" }, { key: "kaspi_rejected" }],
  [{ status: 502 }, { kind: "kaspi_unreachable" }],
  [{ body: '{"data":7}' }, { kind: "kaspi_malformed" }],
])("%j fails as it should", async (answer, expected) => {
  const { shop } = await shopAnswering(answer);
  const outcome = listOrders(shop, { from, until, page: 0 });
  expect(await failure(outcome)).toMatchObject(expected);
});
