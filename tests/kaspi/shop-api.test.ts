import { expect, test } from "vitest";
import { checkToken } from "@/lib/kaspi/shop-api";
import { failure } from "./failures";
import { trainingKaspi } from "./on-twin";
import { type Answer, noWait, startStub, transportTo } from "./stub-server";

const on = trainingKaspi();
const now = new Date("2026-11-21T06:00:00Z");

async function asked(answer: Answer) {
  const stub = await startStub(() => answer);
  const shop = { transport: transportTo(stub.url), token: "secret-token", acquireSlot: noWait };
  return { outcome: checkToken(shop, "123", now), seen: stub.seen };
}

test("the training Kaspi takes a shop's own token and no other", async () => {
  const token = on.twin.about().merchants[0]?.token ?? "";
  const shop = { transport: on.transport, acquireSlot: noWait };
  const today = new Date(on.twin.now().now);
  expect(await checkToken({ ...shop, token }, "123", today)).toBe("taken");
  expect(await checkToken({ ...shop, token: `${token}x` }, "123", today)).toBe("refused");
});

test("the call is the smallest Kaspi allows, with the headers it wants", async () => {
  const { outcome, seen } = await asked({ body: '{"data":[]}' });
  expect(await outcome).toBe("taken");
  const [request] = seen;
  const url = new URL(request?.url ?? "", "https://kaspi.kz");
  expect(url.pathname).toBe("/shop/api/v2/orders");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    "page[number]": "0",
    "page[size]": "1",
    "filter[orders][state]": "ARCHIVE",
    "filter[orders][creationDate][$ge]": String(now.getTime() - 13 * 86_400_000),
  });
  expect(request?.headers).toMatchObject({
    "x-auth-token": "secret-token",
    accept: "application/vnd.api+json",
    "content-type": "application/vnd.api+json",
    "user-agent": expect.stringContaining("Mozilla/5.0"),
  });
});

test.each<[Answer, string]>([
  [
    { status: 403, headers: { "content-type": "text/html" }, body: "<html>" },
    "kaspi_address_refused",
  ],
  [{ status: 405, body: "{}" }, "kaspi_address_refused"],
  [{ body: "<html>verify" }, "kaspi_address_refused"],
  [{ status: 429 }, "kaspi_throttled"],
  [{ status: 400, body: '{"errors":[{"title":"no"}]}' }, "kaspi_rejected"],
  [{ status: 502 }, "kaspi_unreachable"],
  [{ body: "{}" }, "kaspi_malformed"],
])("%j says nothing about the token", async (answer, kind) => {
  const { outcome } = await asked(answer);
  expect(await failure(outcome)).toMatchObject({ kind });
});

test.each([401, 403])("%i without a page refuses the token", async (status) => {
  expect(await (await asked({ status })).outcome).toBe("refused");
});

test.each([
  ["its own", "123_PP1", "taken"],
  ["another shop's", "1234_PP1", "other_shop"],
])("an order from %s pickup point tells whose the token is", async (_, pickupPointId, expected) => {
  const body = JSON.stringify({ data: [{ type: "orders", attributes: { pickupPointId } }] });
  expect(await (await asked({ body })).outcome).toBe(expected);
});

test("an order that names no pickup point tells nothing", async () => {
  const body = JSON.stringify({ data: [{ type: "orders", attributes: {} }] });
  expect(await (await asked({ body })).outcome).toBe("taken");
});
