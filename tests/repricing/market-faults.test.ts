import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { HOUR } from "@/lib/core/time";
import { productCities } from "@/lib/db/schema/products";
import { listOpenNotices } from "@/lib/notices/queries";
import type { Handle } from "../support/goods";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, twin } = office;
const shelf = await fullShelf(office);
let goods: Handle;
let start = 0;

/** A bot and a rival that it would undercut, if only it could see it. */
beforeEach(async () => {
  twin.clearFaults();
  goods = await shelf.contested();
  start = goods.kaspiPrice();
});

const notices = async () => (await listOpenNotices(access.db, owner)).map(({ kind }) => kind);

/** No price moves while it lasts; when it is over, the bot goes on by itself. */
async function expectStandstill(why: string): Promise<void> {
  expect(await goods.cycle()).toMatchObject({ reason: "stale_offers", params: { why } });
  expect(goods.writes()).toEqual([]);
  expect(goods.kaspiPrice()).toBe(start);
}

async function expectRecovery(): Promise<void> {
  twin.clearFaults();
  twin.advance({ ms: HOUR });
  expect(await goods.cycle()).toMatchObject({ reason: "undercut", state: "confirmed" });
  expect(goods.kaspiPrice()).toBe(start - 21);
  expect(await notices()).toEqual([]);
}

test.each(["storefront_405", "storefront_html"] as const)(
  "%s: the address rests, an owner is told, no price moves, and it goes on when Kaspi answers again",
  async (name) => {
    twin.setFault({ name });
    await expectStandstill("address_refused");
    expect(await notices()).toEqual(["exit_refused"]);
    await expectRecovery();
  },
);

test.each([
  ["connection_reset", "unreachable"],
  ["server_error", "unreachable"],
  ["half_answer", "unreachable"],
  ["garbled_json", "malformed"],
] as const)(
  "%s: the market is unread, no price moves, and it goes on by itself",
  async (name, why) => {
    twin.setFault({ name, at: ["offers"] });
    await expectStandstill(why);
    expect(await notices()).toEqual([]);
    await expectRecovery();
  },
);

test("a slow answer is an answer", async () => {
  twin.setFault({ name: "slow", at: ["offers"], ms: 300 });
  expect(await goods.cycle()).toMatchObject({ reason: "undercut", state: "confirmed" });
});

test("each failure in a row is looked at again later, and the first success ends the row", async () => {
  twin.setFault({ name: "connection_reset", at: ["offers"] });
  const waits: number[] = [];
  for (const failures of [1, 2, 3]) {
    await goods.check();
    const [city] = await access.db
      .select()
      .from(productCities)
      .where(eq(productCities.productId, goods.productId));
    expect(city?.failures).toBe(failures);
    waits.push((city?.nextCheckAt.getTime() ?? 0) - (city?.lastCheckedAt?.getTime() ?? 0));
  }
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(new Set(waits).size).toBe(3);
  twin.clearFaults();
  await goods.check();
  expect(await goods.product()).toMatchObject({ failures: 0 });
});
