import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { exits } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import type { KaspiAccess } from "@/lib/exits/access";
import type { KaspiRequest } from "@/lib/kaspi/transport";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { repriceDue, repriceOne } from "@/lib/repricing/check/reprice-store";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import type { Handle } from "../support/goods";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);
const { storeId } = shelf;

let odd: Handle;
let plain: Handle;

/** Two products of one batch, both due. */
beforeEach(async () => {
  twin.clearFaults();
  await db.delete(decisions);
  await db.update(products).set({ botEnabled: false });
  await db.update(stores).set({ rule: {} });
  odd = await shelf.contested();
  plain = await shelf.contested();
});

const checkDue = () => repriceDue(access, storeId, { trigger: "schedule" });
const reasons = async (goods: Handle) => (await goods.history()).map((row) => row.reason);
const setRule = (rule: unknown) =>
  db.update(products).set({ rule }).where(eq(products.id, odd.productId));

describe("a rule that can no longer be read", () => {
  beforeEach(() => setRule({ strategy: { kind: "of another version" } }));

  test("stops its own product, which says so, and nothing else", async () => {
    await checkDue();
    expect(await reasons(odd)).toEqual(["unreadable_rule"]);
    expect(await reasons(plain)).toEqual(["undercut"]);
    expect(await checkDue()).toBeNull();
  });

  test("lets out nothing that was decided by it before", async () => {
    await setRule({});
    await checkDue();
    await setRule({ step: "one" });
    await plain.publish();
    expect(odd.writes()).toEqual([]);
    expect(plain.writes()).toHaveLength(1);
  });

  test("is shown as such, and a person can replace it", async () => {
    expect(await previewRule(db, owner, odd.productId, access.clock())).toMatchObject({
      override: {},
    });
    await setProductRule(db, owner, odd.productId, {}, access.clock());
    await checkDue();
    expect(await reasons(odd)).toEqual(["undercut"]);
  });

  test("of the store stops every product that takes from it", async () => {
    await db.update(stores).set({ rule: [] });
    await checkDue();
    expect(await reasons(plain)).toEqual(["unreadable_rule"]);
  });
});

test("a rival with a price no database holds does not keep the others from being saved", async () => {
  odd.rivals(9_999_999_999);
  await checkDue();
  expect(await reasons(plain)).toEqual(["undercut"]);
  expect(await reasons(odd)).toHaveLength(1);
});

test("offers that Kaspi counts and does not show are not taken for an empty market", async () => {
  const rule = { whenAlone: { kind: "ceiling" } } as const;
  await setProductRule(db, owner, odd.productId, rule, access.clock());
  await odd.watch({ floor: 10, ceiling: odd.kaspiPrice() + 1000 });
  expect(await repriceOne(showing([odd.merchantUid]), owner, odd.productId)).toMatchObject({
    decision: { reason: "stale_offers" },
  });
});

test("nor are they, when those that are shown do not count", async () => {
  const rule = { whenAlone: { kind: "ceiling" as const }, excludeRivals: ["990000"] };
  await setProductRule(db, owner, odd.productId, rule, access.clock());
  await odd.watch({ floor: 10, ceiling: odd.kaspiPrice() + 1000 });
  odd.rivals(odd.kaspiPrice() - 30, odd.kaspiPrice() - 20);
  const short = showing([odd.merchantUid, "990000"]);
  expect(await repriceOne(short, owner, odd.productId)).toMatchObject({
    decision: { reason: "stale_offers" },
  });
  expect(await repriceOne(access, owner, odd.productId)).toMatchObject({
    decision: { reason: "undercut" },
  });
});

describe("a card where buyers do not see us", () => {
  const climbs = { whenAlone: { kind: "ceiling" } } as const;

  beforeEach(async () => {
    await setProductRule(db, owner, odd.productId, climbs, access.clock());
    await odd.watch({ floor: 10, ceiling: odd.kaspiPrice() + 1000 });
    odd.rivals();
  });

  test("is no empty market: Kaspi answers an unknown or merged card with no offers", async () => {
    await db.update(products).set({ cardId: "199999999" }).where(eq(products.id, odd.productId));
    expect(await repriceOne(access, owner, odd.productId)).toMatchObject({
      decision: { reason: "stale_offers", params: { why: "not_listed" } },
    });
    expect(odd.writes()).toEqual([]);
  });

  test("is one again as soon as they do", async () => {
    expect(await repriceOne(access, owner, odd.productId)).toMatchObject({
      decision: { reason: "no_competitors_ceiling" },
    });
  });

  test("has rivals all the same, when they are shown", async () => {
    odd.rivals(odd.kaspiPrice() - 20);
    expect(await repriceOne(showing(["990000"]), owner, odd.productId)).toMatchObject({
      decision: { reason: "undercut" },
    });
  });
});

/** A Kaspi that counts every seller and shows these alone. */
function showing(merchants: string[]): KaspiAccess {
  const those = (body: string) => {
    const market = JSON.parse(body) as { offers: { merchantId: string }[] };
    const offers = market.offers.filter(({ merchantId }) => merchants.includes(merchantId));
    return JSON.stringify({ ...market, offers });
  };
  return {
    ...access,
    transport(proxyUrl) {
      const whole = access.transport(proxyUrl);
      const send = async (request: KaspiRequest) => {
        const answer = await whole.send(request);
        return { ...answer, body: those(answer.body) };
      };
      return { ...whole, send };
    },
  };
}

test("a limit changed while the market is read makes the product due again, not an interval later", async () => {
  const reading = await hold(db, (tx) => tx.select().from(exits).for("update"));
  const looking = odd.check();
  await waiting(db, 1);
  await setLimits(db, owner, odd.productId, { floor: null }, access.clock());
  await reading.release();
  await looking;
  const [city] = await db
    .select()
    .from(productCities)
    .where(eq(productCities.productId, odd.productId));
  expect(city?.nextCheckAt.getTime()).toBeLessThanOrEqual(later(access.clock(), MINUTE).getTime());
});
