import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { productCities, products } from "@/lib/db/schema/products";
import { countedLately, forgetCounts } from "@/lib/products/counts-cache";
import { productFilters } from "@/lib/products/filter-model";
import { listFacets, listProducts } from "@/lib/products/list-queries";
import { countLoosened } from "@/lib/products/loosen-queries";
import { productListSchema } from "@/lib/products/model";
import { findProduct } from "@/lib/products/queries";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;

const list = (query: Record<string, string> = {}, caller = owner) =>
  listProducts(access.db, caller, productListSchema.parse(query), access.clock());

describe("the list of products", () => {
  beforeAll(async () => {
    const { storeId } = await connectedStore(office);
    await syncNow(office, storeId);
  });

  it("counts for every filter what the filter then shows", async () => {
    const { rows } = await list();
    const priced = rows.find(({ price, onSale }) => price !== null && onSale);
    if (!priced?.price) throw new Error("no product with a price");
    const floor = tenge(priced.price - 1);
    await setLimits(access.db, owner, priced.id, { floor }, access.clock());
    await setBot(access.db, owner, priced.id, true, access.clock());
    for (const filter of productFilters) {
      const page = await list({ filter });
      expect([filter, page.rows.length]).toEqual([filter, page.counts[filter]]);
      expect(page.total).toBe(page.counts[filter]);
    }
    const { counts } = await list();
    expect(counts).toMatchObject({ all: 50, bot_on: 1, bot_off: 49, no_floor: 49, no_cost: 50 });
  });

  it("finds by article and by a part of the name, whatever signs it holds", async () => {
    const { rows } = await list();
    const [first] = rows;
    if (!first) throw new Error("no products");
    expect((await list({ q: first.sku })).rows.map(({ id }) => id)).toContain(first.id);
    const part = first.name.slice(2, 12).toUpperCase();
    expect((await list({ q: part })).rows.map(({ id }) => id)).toContain(first.id);
    const { cardId } = rows.find((row) => row.cardId !== null) ?? {};
    expect((await list({ q: cardId ?? "" })).rows.map((row) => row.cardId)).toContain(cardId);
    expect((await list({ q: "%" })).total).toBe(rows.filter(({ name }) => /%/.test(name)).length);
  });

  it("shows the last page when the address asks for a later one", async () => {
    const { page, rows } = await list({ page: "99" });
    expect(page).toBe(1);
    expect(rows).toHaveLength(50);
  });

  it("sorts by price both ways", async () => {
    const prices = async (sort: string) =>
      (await list({ sort })).rows.flatMap(({ price }) => price ?? []);
    const ascending = await prices("price");
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    expect(await prices("-price")).toEqual(ascending.toReversed());
  });

  it("narrows by place, reason, category and price, one by one and together", async () => {
    const { rows } = await list();
    const ids = (page: { rows: { id: string }[] }) => page.rows.map(({ id }) => id).toSorted();
    const where = (fits: (row: (typeof rows)[number]) => boolean) =>
      ids({ rows: rows.filter(fits) });
    const nth = (n: number) => rows[n]?.id ?? "";
    const mark = (n: number, values: Partial<typeof productCities.$inferInsert>) =>
      access.db
        .update(productCities)
        .set(values)
        .where(eq(productCities.productId, nth(n)));
    await mark(1, { place: 1, placesTotal: 4, lastReason: "already_first" });
    await mark(2, { place: 3, placesTotal: 4, lastReason: "undercut" });
    await mark(3, { place: 1, placesTotal: 1, lastReason: "no_competitors_hold" });
    expect(ids(await list({ place: "first" }))).toEqual([nth(1)]);
    expect(ids(await list({ place: "behind" }))).toEqual([nth(2)]);
    expect(ids(await list({ place: "alone" }))).toEqual([nth(3)]);
    expect((await list({ place: "unread" })).total).toBe(47);
    expect(ids(await list({ reason: "undercut" }))).toEqual([nth(2)]);
    const category = rows[0]?.category ?? "";
    expect(ids(await list({ category }))).toEqual(where((row) => row.category === category));
    const middle = rows.map(({ price }) => price ?? 0).toSorted((a, b) => a - b)[25] ?? 0;
    const cheap = where(({ price }) => price !== null && price <= middle);
    expect(ids(await list({ to: String(middle) }))).toEqual(cheap);
    const dear = where(({ price }) => price !== null && price >= middle);
    expect(ids(await list({ from: String(middle) }))).toEqual(dear);
    expect(ids(await list({ place: "behind", reason: "already_first" }))).toEqual([]);
    const { reasons, categories } = await listFacets(access.db, owner, undefined);
    expect(reasons.map(({ value }) => value)).toContain("undercut");
    expect(categories.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(50);
    expect(await listFacets(access.db, stranger, undefined)).toEqual({
      reasons: [],
      categories: [],
    });
  });

  it("says what alone stands in the way of a choice that finds nothing", async () => {
    const [first] = (await list()).rows;
    const without = (query: Record<string, string>, caller = owner) =>
      countLoosened(access.db, caller, productListSchema.parse(query), access.clock());
    const q = first?.sku ?? "";
    expect(await without({ q, from: "999999999" })).toEqual([{ name: "price", count: 1 }]);
    expect(await without({ q: "нет такого" })).toEqual([{ name: "q", count: 50 }]);
    expect(await without({ q: "нет такого", reason: "no_such_reason" })).toEqual([]);
    expect(await without({ q: "нет такого" }, stranger)).toEqual([]);
  });

  it("puts under attention what does not go on by itself", async () => {
    const before = (await list()).counts.attention;
    const { rows } = await list({ filter: "bot_off" });
    const [broken] = rows;
    await access.db
      .update(products)
      .set({ botEnabled: true, floor: null })
      .where(eq(products.id, broken?.id ?? ""));
    const page = await list({ filter: "attention" });
    expect(page.total).toBe(before + 1);
    expect(page.rows.map(({ id }) => id)).toContain(broken?.id);
    await access.db
      .update(products)
      .set({ botEnabled: false })
      .where(eq(products.id, broken?.id ?? ""));
  });

  it("shows counts of at most ten seconds ago, and newer ones after a change of one's own", async () => {
    const ask = (at: number) =>
      countedLately(access.db, owner, productListSchema.parse({}), new Date(at));
    forgetCounts(owner);
    const { counts } = await ask(0);
    const [row] = (await list({ filter: "bot_off" })).rows;
    const set = (onSale: boolean) =>
      access.db
        .update(products)
        .set({ onSale })
        .where(eq(products.id, row?.id ?? ""));
    await set(!row?.onSale);
    expect((await ask(9_000)).counts).toEqual(counts);
    expect((await ask(10_000)).counts.not_on_sale).not.toBe(counts.not_on_sale);
    await set(row?.onSale ?? true);
    const kept = (await ask(11_000)).counts;
    expect(kept).not.toEqual(counts);
    forgetCounts(stranger);
    expect((await ask(11_000)).counts).toEqual(kept);
    forgetCounts(owner);
    expect((await ask(11_000)).counts).toEqual(counts);
    expect(
      (await countedLately(access.db, stranger, productListSchema.parse({}), new Date(11_000)))
        .counts.all,
    ).toBe(0);
  });

  it.each(["floor", "place", "rival", "checked"] as const)(
    "sorts by %s both ways, with the unknown at the end",
    async (sort) => {
      const key = {
        floor: "floor",
        place: "place",
        rival: "bestRivalPrice",
        checked: "observedAt",
      } as const;
      const values = async (asked: string) =>
        (await list({ sort: asked })).rows.map((row) => row[key[sort]]?.valueOf() ?? null);
      for (const [asked, sign] of [
        [sort, 1],
        [`-${sort}`, -1],
      ] as const) {
        const found = await values(asked);
        const known = found.filter((value) => value !== null);
        expect(found.slice(0, known.length)).toEqual(known.toSorted((a, b) => sign * (a - b)));
      }
    },
  );

  it("lets who may only look see everything and change nothing", async () => {
    const viewer = asViewer(stranger);
    const { rows } = await list({}, viewer);
    expect(rows).toHaveLength(50);
    expect(rows.filter(({ isWritable }) => isWritable)).toEqual([]);
    const [first] = rows;
    expect((await findProduct(access.db, viewer, first?.id ?? "")).isWritable).toBe(false);
  });

  it("shows a stranger nothing, not even that a product is there", async () => {
    const [first] = (await list()).rows;
    expect(await list({}, stranger)).toMatchObject({ rows: [], total: 0 });
    await expect(findProduct(access.db, stranger, first?.id ?? "")).rejects.toThrow(
      "product_not_found",
    );
  });
});
