import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { excludedRivals, excludeRival } from "@/lib/repricing/rule/exclude-rival";
import { merchantNames, nameMerchants } from "@/lib/rivals/name-queries";
import { listRivals } from "@/lib/rivals/queries";
import { addStore } from "@/lib/stores/add-queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { goodsOnSale, handle } from "../support/goods";
import { ledgerNow, shopWithLedger } from "../support/ledger";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { db } = office.access;
const now = ledgerNow;

type Shop = Awaited<ReturnType<typeof shopWithLedger>>;
type Sighting = { price: number; rivals: Record<string, number> };

/** A product whose market was seen like this. */
async function seen(shop: Shop, { price, rivals }: Sighting): Promise<string> {
  const id = await shop.product({ price: price as never });
  await db
    .update(productCities)
    .set({
      price: price as never,
      rivalIds: Object.keys(rivals),
      rivalPrices: Object.values(rivals),
      observedAt: now,
    })
    .where(eq(productCities.productId, id));
  return id;
}

const rivalOf = async (shop: Shop, id: string, store?: string) =>
  (await listRivals(db, shop.member, store)).find(({ merchantId }) => merchantId === id);

describe("the table of rivals", () => {
  it("says on how many cards a seller is met, where they are cheaper, and by how much", async () => {
    const shop = await shopWithLedger(db, "counting");
    await nameMerchants(db, new Map([["r1", "Sulpak"]]));
    await seen(shop, { price: 1_000, rivals: { r1: 950, r2: 1_100 } });
    await seen(shop, { price: 1_000, rivals: { r1: 900 } });
    await seen(shop, { price: 1_000, rivals: { r1: 1_000 } });
    expect(await rivalOf(shop, "r1")).toEqual({
      merchantId: "r1",
      name: "Sulpak",
      cards: 3,
      cheaper: 2,
      gap: -50,
      seenAt: now,
    });
    expect(await rivalOf(shop, "r2")).toMatchObject({ name: "r2", cheaper: 0, gap: 100 });
  });

  it("counts neither our own stores nor goods that are gone nor what others have seen", async () => {
    const shop = await shopWithLedger(db, "scoped");
    const foreign = await shopWithLedger(db, "foreign");
    await seen(foreign, { price: 1_000, rivals: { theirs: 900 } });
    await seen(shop, { price: 1_000, rivals: { "m-foreign": 900 } });
    const gone = await seen(shop, { price: 1_000, rivals: { vanished: 900 } });
    await db.update(products).set({ goneAt: now }).where(eq(products.id, gone));
    expect(await listRivals(db, shop.member, undefined)).toEqual([]);
    expect(await listRivals(db, shop.member, foreign.storeId)).toEqual([]);
    expect(await rivalOf(foreign, "theirs", foreign.storeId)).toMatchObject({ cards: 1 });
  });

  it("counts no store of ours that waits for a login in the place of a disconnected one", async () => {
    const shop = await shopWithLedger(db, "staying");
    const left = await shopWithLedger(db, "left");
    await seen(shop, { price: 1_000, rivals: { "m-left": 900 } });
    const again = { userId: left.member.id, merchantId: "m-left", name: "Снова" };
    await archiveStore(db, left.member, left.storeId, now);
    await addStore(db, left.member, again, now);
    expect(await listRivals(db, shop.member, undefined)).toEqual([]);
  });

  it("leads to the products where a seller is met", async () => {
    const shop = await shopWithLedger(db, "leading");
    const met = await seen(shop, { price: 1_000, rivals: { near: 900, far: 1_200 } });
    await seen(shop, { price: 1_000, rivals: { far: 900 } });
    const list = async (rival: string) => {
      const query = productListSchema.parse({ rival, store: shop.storeId });
      return (await listProducts(db, shop.member, query, now)).rows.map(({ id }) => id);
    };
    expect(await list("near")).toEqual([met]);
    expect(await list("far")).toHaveLength(2);
    expect(await list("nobody")).toEqual([]);
  });

  it("keeps a name that changes, and writes nothing when it does not", async () => {
    await nameMerchants(db, new Map([["n1", "Старое"]]));
    await nameMerchants(
      db,
      new Map([
        ["n1", "Новое"],
        ["n2", "Другое"],
      ]),
    );
    await nameMerchants(db, new Map());
    expect([...(await merchantNames(db, ["n1", "n2", "n3"]))].sort()).toEqual([
      ["n1", "Новое"],
      ["n2", "Другое"],
    ]);
  });
});

describe("a seller left out of the rivals", () => {
  const ruleOf = async (storeId: string) => {
    const [store] = await db
      .select({ rule: stores.rule })
      .from(stores)
      .where(eq(stores.id, storeId));
    return store?.rule as { excludeRivals?: string[] };
  };

  it("stands in the rule of the store, once, and can be taken back", async () => {
    const shop = await shopWithLedger(db, "excluding");
    const set = (excluded: boolean) =>
      excludeRival(db, shop.member, { merchantId: "r9", storeId: shop.storeId, excluded }, now);
    expect(await set(true)).toBe(1);
    expect(await set(true)).toBe(0);
    expect(await ruleOf(shop.storeId)).toEqual({ excludeRivals: ["r9"] });
    expect(excludedRivals([await ruleOf(shop.storeId), {}, "odd"]).get("r9")).toBe(1);
    expect(await set(false)).toBe(1);
    expect(await ruleOf(shop.storeId)).toEqual({});
  });

  it("is nobody's business in a foreign store", async () => {
    const shop = await shopWithLedger(db, "owner-of-rule");
    const other = await shopWithLedger(db, "curious");
    const asked = { merchantId: "r9", excluded: true };
    await expect(
      excludeRival(db, other.member, { ...asked, storeId: shop.storeId }, now),
    ).rejects.toMatchObject({ kind: "not_found" });
    await excludeRival(db, other.member, { ...asked, storeId: undefined }, now);
    expect(await ruleOf(shop.storeId)).toEqual({});
    expect(await ruleOf(other.storeId)).toEqual({ excludeRivals: ["r9"] });
  });

  it("concerns the stores of one's own as long as none is chosen, an owner's too", async () => {
    const shop = await shopWithLedger(db, "landlord");
    const tenant = await shopWithLedger(db, "tenant");
    const asked = { merchantId: "r9", excluded: true };
    expect(await excludeRival(db, shop.owner, { ...asked, storeId: undefined }, now)).toBe(1);
    expect(await ruleOf(shop.storeId)).toEqual({ excludeRivals: ["r9"] });
    expect(await ruleOf(tenant.storeId)).toEqual({});
    await excludeRival(db, shop.owner, { ...asked, storeId: tenant.storeId }, now);
    expect(await ruleOf(tenant.storeId)).toEqual({ excludeRivals: ["r9"] });
    await db.update(stores).set({ archivedAt: now }).where(eq(stores.id, shop.storeId));
    await expect(
      excludeRival(db, shop.owner, { ...asked, excluded: false, storeId: undefined }, now),
    ).rejects.toMatchObject({ kind: "not_found", key: "no_own_stores" });
    expect(await ruleOf(tenant.storeId)).toEqual({ excludeRivals: ["r9"] });
  });

  it("loses none of two that are left out at once", async () => {
    const shop = await shopWithLedger(db, "at-once");
    const ids = ["a1", "a2", "a3", "a4"];
    await Promise.all(
      ids.map((merchantId) =>
        excludeRival(db, shop.member, { merchantId, storeId: shop.storeId, excluded: true }, now),
      ),
    );
    expect([...((await ruleOf(shop.storeId)).excludeRivals ?? [])].sort()).toEqual(ids);
  });
});

describe("what a check of the market leaves behind", () => {
  let storeId = "";
  let merchantId = "";

  beforeAll(async () => {
    const store = await connectedStore(office);
    ({ storeId, merchantId } = store);
    await syncNow(office, storeId);
  });

  it("is who sells beside us, without ourselves, and stays while the market stays", async () => {
    const [goods] = await goodsOnSale(office, storeId, merchantId);
    if (!goods) throw new Error("no goods on sale");
    const product = handle(office, goods);
    const price = product.kaspiPrice();
    const marks = async () => {
      const [row] = await db
        .select({ ids: productCities.rivalIds, prices: productCities.rivalPrices })
        .from(productCities)
        .where(eq(productCities.productId, goods.productId));
      return row;
    };
    product.rivals(price + 300, price + 500);
    await product.watch({ floor: price - 10 });
    await product.check();
    const first = { ids: ["990000", "990001"], prices: [price + 300, price + 500] };
    expect(await marks()).toEqual(first);
    await product.check();
    expect(await marks()).toEqual(first);
    product.rivals(price + 100);
    await product.check();
    expect(await marks()).toEqual({ ids: ["990000"], prices: [price + 100] });
    expect((await merchantNames(db, ["990000"])).get("990000")).toBeTruthy();
    product.rivals();
    await product.check();
    expect(await marks()).toEqual({ ids: [], prices: [] });
  });
});
