import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { auditLog } from "@/lib/db/schema/workspace";
import { putBackRule } from "@/lib/repricing/rule/put-back-rule";
import { ruleVersions } from "@/lib/repricing/rule/rule-version-queries";
import { setDefaultRule } from "@/lib/repricing/rule/set-rule";
import { goodsOnSale, type Handle, handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
let storeId = "";
let goods: Handle[] = [];

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  goods = (await goodsOnSale(office, storeId, store.merchantId)).map((one) => handle(office, one));
});

beforeEach(async () => {
  await db.execute(sql`truncate ${auditLog}`);
  await db.update(stores).set({ rule: {} });
  const none = { floor: null, ceiling: null, costFloor: null, rule: {}, botEnabled: false };
  await db.update(products).set(none);
});

const nth = (index: number): Handle => {
  const one = goods[index];
  if (!one) throw new Error("the shop is too small");
  return one;
};
const give = (one: Handle, fields: Partial<typeof products.$inferInsert>) =>
  db
    .update(products)
    .set({ botEnabled: true, ...fields })
    .where(eq(products.id, one.productId));
const typed = (one: Handle) => ({ floor: tenge(one.kaspiPrice()) });
const set = (rule: object, confirm = false) =>
  setDefaultRule(db, owner, storeId, rule, clock(), { confirm });

/** One of each: low, without costs, above its ceiling, fine, with a word of its own, and with its bot off. */
async function mixed() {
  const [low, bare, crossed, fine, own, off] = [0, 1, 2, 3, 4, 5].map(nth) as [
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
  ];
  await give(low, { costFloor: tenge(Math.floor(low.kaspiPrice() / 3)) });
  await give(bare, typed(bare));
  await give(crossed, {
    ...typed(crossed),
    ceiling: tenge(crossed.kaspiPrice()),
    costFloor: tenge(crossed.kaspiPrice() + 1),
  });
  await give(fine, { costFloor: tenge(fine.kaspiPrice()) });
  await give(own, { ...typed(own), rule: { floorFromCost: false } });
  await give(off, { botEnabled: false });
}

describe("a store's rule that takes floors from cost", () => {
  test("asks back how many floors would be low and how many bots would stand still", async () => {
    await mixed();
    await expect(set({ floorFromCost: true })).rejects.toMatchObject({
      kind: "confirmation_needed",
      key: "store_rule_doubtful",
      params: { low: 1, still: 1, crossed: 1 },
    });
    const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
    expect(store?.rule).toEqual({});
    await set({ floorFromCost: true }, true);
  });

  test("asks nothing again of what is so already", async () => {
    await mixed();
    await set({ floorFromCost: true }, true);
    await set({ floorFromCost: true, maxDrop: 7 });
  });

  test("asks about bots that would have no floor once it ceases to", async () => {
    await give(nth(0), { costFloor: tenge(nth(0).kaspiPrice()) });
    await set({ floorFromCost: true });
    await expect(set({})).rejects.toMatchObject({ params: { low: 0, still: 1, crossed: 0 } });
  });

  test("is asked about as well when an old version is put back", async () => {
    await set({ floorFromCost: true });
    await set({});
    await mixed();
    const [, old] = await ruleVersions(db, owner, { storeId });
    const put = (confirm: boolean) =>
      putBackRule(db, owner, { owner: { storeId }, versionId: old?.id ?? "", confirm }, clock());
    await expect(put(false)).rejects.toMatchObject({ key: "store_rule_doubtful" });
    await put(true);
  });

  test("saves without a question where every floor is sound", async () => {
    await give(nth(0), { costFloor: tenge(nth(0).kaspiPrice()) });
    await set({ floorFromCost: true });
  });
});
