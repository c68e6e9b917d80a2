import { expect, test } from "vitest";
import { findCabinetOrder, listCabinetOrders, waybillsUrl } from "@/lib/kaspi/cabinet-orders";
import { listLegacyOrders } from "@/lib/kaspi/legacy-orders";
import { failure } from "./failures";
import { fixture, fixtureJson } from "./fixtures";
import { cabinetAnswering } from "./stub-server";

const merchantUid = "11843018";

test("a tab is asked for as the cabinet does, ten at a time", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: fixture("graphql_getOrders_empty.response.json"),
  });
  const page = await listCabinetOrders(cabinet, { merchantUid: "30067228", tab: "NEW", page: 0 });
  expect(page).toEqual({ orders: [], total: 0, pages: 0, unreadable: 0 });
  expect(seen[0]?.url).toBe("/mc/facade/graphql?opName=getOrders");
  const asked = JSON.parse(seen[0]?.body ?? "");
  const recorded = fixtureJson("graphql_getOrders.request.json") as { variables: unknown };
  expect(asked.variables).toEqual(recorded.variables);
  expect(asked.query).not.toContain("phone");
});

test("an order of a list is read in the tab it stands in", async () => {
  const details = JSON.parse(
    fixture("graphql_getOrderDetails_wait-for-courier_2026-07.response.json"),
  ).data.merchant.orderDetail;
  const { state: _, ...row } = details;
  const rows = [{ ...row, totalPrice: 7700.4 }, { code: "1" }];
  const body = JSON.stringify({
    data: { merchant: { orders: { orders: { total: 21, orders: rows } } } },
  });
  const { cabinet } = await cabinetAnswering({ body });
  const page = await listCabinetOrders(cabinet, { merchantUid, tab: "PICKUP", page: 0 });
  expect(page).toMatchObject({ total: 21, pages: 3, unreadable: 1 });
  expect(page.orders[0]).toMatchObject({ code: "1006480798", state: "PICKUP", totalPrice: 7700 });
});

test("the details of an order are read, and its total is that of its lines", async () => {
  const { cabinet } = await cabinetAnswering({
    body: fixture("graphql_getOrderDetails_wait-for-courier_2026-07.response.json"),
  });
  expect(await findCabinetOrder(cabinet, { merchantUid, code: "1006480798" })).toEqual({
    code: "1006480798",
    kaspiId: null,
    state: "KASPI_DELIVERY_WAIT_FOR_COURIER",
    status: "ASSEMBLED",
    isStatusGuessed: false,
    orderedAt: new Date("2026-07-21T13:14:31.039Z"),
    totalPrice: 7700,
    deliveryMode: "DELIVERY_PICKUP",
    isKaspiDelivery: true,
    // The details do not say it.
    express: null,
    paymentMode: null,
    deliveryCost: null,
    sellerDeliveryCost: null,
    pickupPointId: "11843018_041600",
    cityId: "196220100",
    cityName: "Талгар",
    preOrder: false,
    signatureRequired: null,
    assembled: true,
    cancellationReason: null,
    plannedAt: new Date("2026-07-24T14:00:00.000Z"),
    handoverBy: new Date("2026-07-22T15:00:00.000Z"),
    handedOverAt: null,
    waybillUrl: null,
    buyerName: "Имя И",
    emptied: [],
    entries: [
      {
        ...{ nth: 0, entryId: null, sku: "161785903_585774217", cardId: "161785903" },
        name: "GLS Pharmaceuticals Мультивитамины Гамми",
        ...{ categoryCode: null, categoryTitle: null, quantity: 1, unitType: null },
        ...{ unitPrice: 7700, totalPrice: 7700, deliveryCost: null, weight: null },
      },
    ],
  });
});

test("GraphQL's error with 200 is a refusal, a dead session is one", async () => {
  const asked = { merchantUid, tab: "NEW", page: 0 } as const;
  const refused = await cabinetAnswering({ body: fixture("graphql_error_200.response.json") });
  expect(await failure(listCabinetOrders(refused.cabinet, asked))).toMatchObject({
    kind: "kaspi_rejected",
  });
  const dead = await cabinetAnswering({ status: 401 });
  expect(await failure(listCabinetOrders(dead.cabinet, asked))).toMatchObject({
    kind: "kaspi_session_expired",
  });
});

test("the old form is read, too", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: fixture("orderTabs-active_legacy.response.json"),
  });
  const { orders, unreadable } = await listLegacyOrders(cabinet, {
    ...{ merchantUid, tab: "DELIVERY", start: 0 },
  });
  expect(unreadable).toBe(0);
  expect(orders[0]).toMatchObject({
    code: "609001173",
    state: "DELIVERY",
    status: "ACCEPTED_BY_MERCHANT",
    orderedAt: new Date(1755043200000),
    totalPrice: 11990,
    entries: [{ cardId: "132549028", sku: null, quantity: 1, unitPrice: 11990 }],
  });
  expect(seen[0]?.url).toContain("selectedTabs=DELIVERY");
});

test("the waybills' address is the cabinet's", () => {
  expect(waybillsUrl("30067228")).toBe(
    "https://mc.shop.kaspi.kz/mc/order/view/mc/order/waybill?merchantId=30067228",
  );
});
