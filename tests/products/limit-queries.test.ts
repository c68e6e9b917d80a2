import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { countingCeiling, countingFloor, lacksFloor } from "@/lib/products/limit-queries";
import { inMainCity } from "@/lib/products/queries";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { botsWithLimits } from "@/lib/repricing/rule/store-doubt-queries";
import { testDatabase } from "../support/database";
import { shopWithLedger } from "../support/ledger";
import { chance, pick, type Random, seeded, whole } from "../support/random-market";

const { db } = await testDatabase();
const seed = Date.now() % 1_000_000_000;
const random = seeded(seed);
const money = () => (chance(random, 0.3) ? null : tenge(whole(random, 1, 40) * 100));

/** Says something of the sources of limits, or nothing. */
function anyRule(of: Random) {
  return {
    ...(chance(of, 0.5) && { floorFromCost: chance(of, 0.6) }),
    ...(chance(of, 0.5) && { ceilingMarkup: pick(of, [null, 0.01, 12.5, 33.33, 1000]) }),
  };
}

function gap(): [from: Tenge, to: Tenge] {
  const from = whole(random, 1, 40) * 100;
  return [tenge(from), tenge(from + whole(random, 0, 5) * 100)];
}

describe(`the limits that a list shows (seed ${seed})`, () => {
  let storeId = "";

  beforeAll(async () => {
    const shop = await shopWithLedger(db, "mine");
    storeId = shop.storeId;
    await db.update(stores).set({ rule: anyRule(random) });
    for (let nth = 0; nth < 300; nth += 1) {
      const productId = await shop.product({
        botEnabled: true,
        floor: money(),
        ceiling: money(),
        costFloor: money(),
        costInFull: chance(random, 0.1) ? tenge(999_999_999) : money(),
        costGaps: chance(random, 0.4) ? [gap()] : [],
        rule: anyRule(random),
      });
      const own = { floor: money(), ceiling: money(), rule: anyRule(random) };
      if (chance(random, 0.4))
        await db.update(productCities).set(own).where(eq(productCities.productId, productId));
    }
  });

  test("are those that the bot of each product works by", async () => {
    const shown = await db
      .select({ id: products.id, countingFloor, countingCeiling, lacksFloor })
      .from(products)
      .innerJoin(stores, eq(stores.id, products.storeId))
      .leftJoin(productCities, inMainCity);
    const rows = new Map(shown.map(({ id, ...row }) => [id, row]));
    const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
    const bots = await botsWithLimits(db, storeId);
    expect(bots.length).toBe(300);
    for (const { productId, ...bot } of bots) {
      const { floor, ceiling } = ruleOf({ rule: store?.rule }, bot).rule;
      const expected = {
        countingFloor: floor,
        countingCeiling: ceiling,
        lacksFloor: floor === null,
      };
      expect(rows.get(productId), JSON.stringify({ store: store?.rule, bot })).toEqual(expected);
    }
  });
});
