import { expect, test } from "vitest";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { sample } from "./same-shape";
import { twinForTest } from "./visitor";

const DAY = 86_400_000;
const accept = "application/vnd.api+json";

function asked(twin: Twin, query: Record<string, string>, headers: Record<string, string> = {}) {
  const url = new URL("/shop/api/v2/orders", twin.urls.storefront);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const token = twin.about().merchants[0]?.token ?? "";
  return fetch(url, { headers: { accept, "x-auth-token": token, ...headers } });
}

const since = (twin: Twin, days: number) => ({
  "filter[orders][creationDate][$ge]": String(twin.now().now - days * DAY),
});

test("a shop's token is taken, and its orders come as JSON:API", async () => {
  const twin = await twinForTest();
  const answer = await asked(twin, since(twin, 1));
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, accept]);
  expect(await answer.json()).toEqual({
    data: [],
    included: [],
    meta: { pageCount: 0, totalCount: 0 },
  });
});

test("each shop has a token of its own, as long as Kaspi's", async () => {
  const tokens = (await twinForTest()).about().merchants.map(({ token }) => token);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(tokens.every((token) => token.length === 44)).toBe(true);
});

test("a made-up token is 401, another Accept 406", async () => {
  const twin = await twinForTest();
  expect((await asked(twin, since(twin, 1), { "x-auth-token": "no" })).status).toBe(401);
  expect((await asked(twin, since(twin, 1), { accept: "text/html" })).status).toBe(406);
  twin.setFault({ name: "token_refused" });
  expect((await asked(twin, since(twin, 1))).status).toBe(401);
});

test("the date is required, and no more than fourteen days of it", async () => {
  const twin = await twinForTest();
  const without = await asked(twin, {});
  expect(without.status).toBe(400);
  expect(await without.json()).toEqual(sample("shop-api-v2_error_400_creationDate.response.json"));
  expect((await asked(twin, since(twin, 15))).status).toBe(400);
  expect((await asked(twin, { "filter[orders][code]": "123" })).status).toBe(200);
});
