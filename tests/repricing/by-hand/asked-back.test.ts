import { and, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { productCities, products } from "@/lib/db/schema/products";
import { setProductCities } from "@/lib/products/set-product-cities";
import type { Selection } from "@/lib/repricing/bulk/bulk-model";
import { previewMany } from "@/lib/repricing/bulk/preview-many";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { keepPricedCities, oneProduct } from "@/lib/stores/priced-queries";
import { ALMATY, ASTANA, type CityHandle, cityShelf } from "../../support/city-goods";
import { testOffice } from "../../support/office";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
let goods: CityHandle;

beforeAll(async () => {
  [goods] = (await cityShelf(office, 1)) as [CityHandle];
});

const here = tenge(10_000);
const dearer = tenge(20_000);
/** Fine for the leading city, and a typing error for the other. */
const low = tenge(6_000);

beforeEach(async () => {
  const { productId } = goods;
  const cityPrices = { [ALMATY]: here, [ASTANA]: dearer };
  const free = { floor: null, ceiling: null, rule: {}, costFloor: null, botEnabled: false };
  await db
    .update(products)
    .set({ ...free, price: here, cityPrices, pricedCities: null })
    .where(eq(products.id, productId));
  await keepPricedCities(db, oneProduct(productId), clock());
  for (const [cityId, price] of Object.entries(cityPrices))
    await db
      .update(productCities)
      .set({ price, floor: null })
      .where(and(eq(productCities.productId, productId), eq(productCities.cityId, cityId)));
});

const asked = { kind: "confirmation_needed", key: "floor_far_below_price" };
const typed = (floor: Tenge, confirm = false) =>
  setLimits(db, owner, goods.productId, { floor, confirm }, clock());

describe("a floor for all cities that is under half of the price in one of them", () => {
  test("is asked back, with the price it is compared with", async () => {
    await expect(typed(low)).rejects.toMatchObject({ ...asked, params: { price: dearer } });
    await typed(low, true);
  });

  test("is not where that city has a floor of its own", async () => {
    const own = { floor: tenge(15_000), cityId: ASTANA };
    await setLimits(db, owner, goods.productId, own, clock());
    await typed(low);
  });

  test("is not where the product is not priced there", async () => {
    await setProductCities(db, owner, { productId: goods.productId, cityIds: [ALMATY] }, clock());
    await typed(low);
  });
});

describe("the same is asked of", () => {
  test("a rule that takes the floor from cost", async () => {
    const { productId } = goods;
    await db.update(products).set({ costFloor: low }).where(eq(products.id, productId));
    const rule = { floorFromCost: true };
    const set = (confirm: boolean) =>
      setProductRule(db, owner, productId, rule, clock(), null, { confirm });
    await expect(set(false)).rejects.toMatchObject({ ...asked, params: { price: dearer } });
    await set(true);
  });

  test("a change of many", async () => {
    const change = { kind: "floor", to: { unit: "tenge", value: low } } as const;
    const selection: Selection = { kind: "ids", ids: [goods.productId] };
    const look = { selection, change, confirm: false };
    expect(await previewMany(db, owner, look, clock())).toMatchObject({ changes: 1, doubtful: 1 });
  });
});
