import { beforeAll, describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { productFilters, productListSchema } from "@/lib/products/model";
import { findProduct, listProducts } from "@/lib/products/queries";
import { setBot } from "@/lib/repricing/set-bot";
import { setLimits } from "@/lib/repricing/set-limits";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;

const list = (query: Record<string, string> = {}, caller = owner) =>
  listProducts(access.db, caller, productListSchema.parse(query));

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
    expect(counts).toMatchObject({ all: 50, bot_on: 1, bot_off: 49, no_floor: 49 });
  });

  it("finds by article and by a part of the name, whatever signs it holds", async () => {
    const { rows } = await list();
    const [first] = rows;
    if (!first) throw new Error("no products");
    expect((await list({ q: first.sku })).rows.map(({ id }) => id)).toContain(first.id);
    const part = first.name.slice(2, 12).toUpperCase();
    expect((await list({ q: part })).rows.map(({ id }) => id)).toContain(first.id);
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

  it("lets who may only look see everything and change nothing", async () => {
    const viewer = { ...stranger, canViewAllStores: true };
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
