import { expect, test } from "vitest";
import { differences, sample } from "./same-shape";
import { cabinetHeaders, twinForTest, Visitor, visitorInside } from "./visitor";

const guarded = [
  "/s/m",
  "/an/address/that/is/not/there",
  "/bff/offer-view/list?m=30518274",
  "/bff/offer-view/points?merchantUid=30518274",
  "/bff/offer-view/details?m=30518274&s=x",
  "/offers/api/v1/price/lowest?s=100111266",
];

test.each(guarded)("%s without a session is an empty 401 that sets mc-session", async (path) => {
  const answer = await new Visitor(await twinForTest()).cabinet(path);
  expect([answer.status, await answer.text()]).toEqual([401, ""]);
  const cookies = answer.headers.getSetCookie();
  expect(cookies[0]).toMatch(/^mc-session=\d+\.\d+\.\d+\.\d+\|[0-9a-f]{32}; Path=\/; HttpOnly$/);
});

test("every header of the cabinet is needed", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const statuses = await Promise.all(
    Object.keys(cabinetHeaders).map(async (name) => {
      const { [name]: _, ...headers } = { ...cabinetHeaders } as Record<string, string>;
      return (await visitor.ask(`${visitor.twin.urls.cabinet}/s/m`, { headers })).status;
    }),
  );
  expect(statuses).toEqual([403, 403, 403]);
  expect((await visitor.cabinet("/s/m", { headers: { "user-agent": "duken/1" } })).status).toBe(
    429,
  );
  const body = { merchantUid: "30518274", sku: "x", price: 100 };
  const plain = { body, headers: { "content-type": "text/plain" } };
  expect((await visitor.cabinet("/pricefeed/upload/merchant/process", plain)).status).toBe(415);
});

test("a merchant of another login is out of reach", async () => {
  const visitor = await visitorInside(await twinForTest(), "small");
  expect((await visitor.cabinet("/bff/offer-view/list?m=30518274")).status).toBe(403);
  expect((await visitor.cabinet("/bff/offer-view/list")).status).toBe(400);
});

test("both shops of one login are told", async () => {
  const visitor = await visitorInside(await twinForTest(), "two");
  const merchants = await (await visitor.cabinet("/s/m")).json();
  expect(differences(sample("s-m_merchants.response.json"), merchants)).toEqual([]);
  expect(merchants).toEqual({ merchants: [{ uid: "30771205" }, { uid: "30771311" }] });
});

test("the price feed's configuration tells a living session by its header", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const path = "/pricefeed/upload/merchant/upload/configuration?merchantUid=30518274";
  const answer = await visitor.cabinet(path, { method: "POST" });
  expect([answer.status, answer.headers.get("x-principal-type")]).toEqual([200, "2"]);
});

test("sessions can be expired, those of one login or all", async () => {
  const twin = await twinForTest();
  const demo = await visitorInside(twin, "demo");
  const small = await visitorInside(twin, "small");
  expect(twin.expireSessions({ email: "demo@duken.kz" })).toEqual({ ended: 1 });
  expect((await demo.cabinet("/s/m")).status).toBe(401);
  expect((await small.cabinet("/s/m")).status).toBe(200);
  expect((await demo.walkChain()).at(-1)?.url).toBe(`${twin.urls.id}/login`);
  twin.expireSessions();
  expect((await small.cabinet("/s/m")).status).toBe(401);
});

test("a session can end while the identity host still knows its owner", async () => {
  const twin = await twinForTest();
  const demo = await visitorInside(twin, "demo");
  twin.expireSessions({ keepSso: true });
  expect((await demo.cabinet("/s/m")).status).toBe(401);
  await demo.walkChain();
  expect((await demo.cabinet("/s/m")).status).toBe(200);
});

test("the shell shows its bar to those inside only", async () => {
  const twin = await twinForTest();
  const outside = await (await new Visitor(twin).ask(`${twin.urls.storefront}/mc/`)).text();
  expect(outside).not.toContain("navbar");
  const visitor = await visitorInside(twin, "demo");
  const inside = await (await visitor.ask(`${twin.urls.storefront}/mc/`)).text();
  expect(inside).toContain('<nav class="navbar">');
});

test.each([
  ["getMerchant", "graphql_getMerchant.response.json"],
  ["getPointList", "graphql_getPointList.response.json"],
  ["getCities", "graphql_getCities.response.json"],
])("GraphQL %s has the recorded shape", async (operationName, file) => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const body = { operationName, variables: { id: "30518274" }, query: "query { }" };
  const answer = await visitor.cabinet(`/mc/facade/graphql?opName=${operationName}`, { body });
  expect(differences(sample(file), await answer.json())).toEqual([]);
});

test("GraphQL says 200 and Bad Request to what it does not know", async () => {
  const visitor = await visitorInside(await twinForTest(), "demo");
  const body = { operationName: "getOrders", variables: { merchantUid: "30518274" }, query: "q" };
  const answer = await visitor.cabinet("/mc/facade/graphql?opName=getOrders", { body });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(sample("graphql_error_200.response.json"));
});
