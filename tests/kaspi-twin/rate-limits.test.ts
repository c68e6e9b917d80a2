import { expect, test } from "vitest";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { twinForTest, Visitor, visitorInside } from "./visitor";

const minute = 60_000;
const almaty = "750000000";

function firstSku(twin: Twin, merchantUid: string): string {
  return twin.offers({ merchantUid, limit: 1 })[0]?.sku ?? "";
}

async function times<T>(count: number, ask: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, ask));
}

test("the fourth write of a second stops all writes of the login for half an hour", async () => {
  const twin = await twinForTest();
  const two = await visitorInside(twin, "two");
  const again = await visitorInside(twin, "two");
  const write = async (visitor: Visitor, merchantUid: string) =>
    (await visitor.write({ merchantUid, sku: firstSku(twin, merchantUid), price: 5_000 })).status;

  expect(await times(3, () => write(two, "30771205"))).toEqual([200, 200, 200]);
  expect(await write(two, "30771205")).toBe(429);
  expect(await write(two, "30771311")).toBe(429);
  expect(await write(again, "30771205")).toBe(429);
  expect((await two.cabinet("/s/m")).status).toBe(200);

  const small = await visitorInside(twin, "small");
  expect(await write(small, "17203946")).toBe(200);

  twin.advance({ ms: 29 * minute });
  expect(await write(two, "30771205")).toBe(429);
  twin.advance({ ms: minute });
  expect(await write(two, "30771205")).toBe(200);
});

test("two writes a second go on for ever", async () => {
  const twin = await twinForTest();
  const small = await visitorInside(twin, "small");
  const sku = firstSku(twin, "17203946");
  for (let half = 0; half < 20; half++) {
    const answer = await small.write({ merchantUid: "17203946", sku, price: 5_000 + half });
    expect(answer.status).toBe(200);
    twin.advance({ ms: 500 });
  }
});

test("the sixteenth market read of a second is a 403 page, and so is all for 12 seconds", async () => {
  const twin = await twinForTest();
  const visitor = new Visitor(twin);
  const [offer] = twin.offers({ merchantUid: "30518274", limit: 1 });
  const read = async () => {
    const answer = await visitor.offers(offer?.cardId ?? "", { cityId: almaty });
    return [answer.status, answer.headers.get("content-type")?.split(";")[0]];
  };
  const burst = await times(16, read);
  expect(burst.filter(([status]) => status === 200)).toHaveLength(15);
  expect(await read()).toEqual([403, "text/html"]);
  twin.advance({ ms: 11_000 });
  expect(await read()).toEqual([403, "text/html"]);
  twin.advance({ ms: 1_000 });
  expect(await read()).toEqual([200, "application/json"]);
});

test("the own offers list knows no limit", async () => {
  const small = await visitorInside(await twinForTest(), "small");
  const read = async () => (await small.cabinet("/bff/offer-view/list?m=17203946&l=1")).status;
  expect(new Set(await times(40, read))).toEqual(new Set([200]));
});

test("bans can be lifted", async () => {
  const twin = await twinForTest({ limits: { writesPerSecond: 1 } });
  const small = await visitorInside(twin, "small");
  const sku = firstSku(twin, "17203946");
  const write = async () =>
    (await small.write({ merchantUid: "17203946", sku, price: 5_000 })).status;
  expect(await times(2, write)).toContain(429);
  twin.forgiveLimits();
  expect(await write()).toBe(200);
});

test("250 changes in half an hour are a limit only when assumed", async () => {
  const twin = await twinForTest({ limits: { writesPerSecond: 1_000 } });
  twin.setFault({ name: "limit_250", by: 5 });
  const small = await visitorInside(twin, "small");
  const offers = twin.offers({ merchantUid: "17203946", onSale: true, limit: 4 });
  const path = "/pricefeed/upload/merchant/process/process/batch";
  const batch = async () => {
    const body = offers.map(({ merchantUid, sku }) => ({ merchantUid, sku, price: 5_000 }));
    return (await small.cabinet(path, { body })).status;
  };
  expect([await batch(), await batch(), await batch()]).toEqual([200, 429, 429]);
  twin.advance({ ms: 30 * minute });
  expect(await batch()).toBe(200);
});
