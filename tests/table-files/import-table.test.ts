import { and, eq, or, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { noCosts } from "@/lib/costs/model";
import { currentCosts } from "@/lib/costs/queries";
import { productCosts } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { wideChanges } from "@/lib/db/schema/safety";
import { productStocks } from "@/lib/db/schema/table-files";
import { auditLog } from "@/lib/db/schema/workspace";
import { setProductNote } from "@/lib/products/set-note";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { applyImport } from "@/lib/table-files/apply-import";
import { countImport, importLines } from "@/lib/table-files/import-queries";
import { takeConflicts } from "@/lib/table-files/take-conflicts";
import { undoImport } from "@/lib/table-files/undo-import";
import { type Goods, goodsOnSale } from "../support/goods";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { connectedStore, syncNow } from "../support/stores";
import { edited, lookedAt, takeProducts, typedTable } from "../support/tables";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let storeId = "";
let merchantId = "";
let goods: Goods[] = [];

beforeAll(async () => {
  const store = await connectedStore(office);
  ({ storeId, merchantId } = store);
  await syncNow(office, storeId);
  goods = await goodsOnSale(office, storeId, merchantId);
});

const nothingSet = {
  ...{ botEnabled: false, floor: null, ceiling: null, anchor: null, rule: {}, note: null },
  ...{ cost: null, costFloor: null, costInFull: null, costFloorUntil: null },
};

beforeEach(async () => {
  await db.delete(productCosts);
  await db.delete(productStocks);
  await db.delete(wideChanges);
  await db.update(products).set(nothingSet);
});

const nth = (index: number): Goods => {
  const one = goods[index];
  if (!one) throw new Error("the shop is too small");
  return one;
};

async function stored(productId: string) {
  const [row] = await db.select().from(products).where(eq(products.id, productId));
  if (!row) throw new Error("no product");
  return row;
}

const limits = (productId: string, floor: number, ceiling: number | null = null) =>
  setLimits(
    db,
    owner,
    productId,
    { floor: tenge(floor), ceiling: ceiling === null ? null : tenge(ceiling), confirm: true },
    clock(),
  );

const apply = (importId: string, confirm = true) =>
  applyImport(db, owner, { importId, confirm }, clock());

/** Half the price and a little more: nobody asks about it. */
const fair = async (productId: string) => Math.ceil(((await stored(productId)).price ?? 0) * 0.8);

describe("a table that was taken here and comes back", () => {
  test("changes what was changed in it, all at once, and takes it back", async () => {
    const one = nth(0);
    const other = nth(1);
    const floor = await fair(one.productId);
    const file = await edited(await takeProducts(office), {
      [one.sku]: { floor, bot: "да", note: "из файла", "stock:PP1": 7, step: "1 %" },
      [other.sku]: { cost: 900, packaging: 50, strategy: "ниже соперника на выбранном месте: 2" },
    });
    const look = await lookedAt(office, file);
    expect(look.errors).toEqual([]);
    expect(look.counts).toMatchObject({ change: 8, conflict: 0, products: 2 });
    expect((await stored(one.productId)).floor).toBeNull();

    expect(await apply(look.id)).toEqual({ products: 2 });
    expect(await stored(one.productId)).toMatchObject({
      ...{ floor, botEnabled: true, note: "из файла" },
      rule: { step: { unit: "percent", value: 1 } },
    });
    expect((await stored(one.productId)).anchor).toBe((await stored(one.productId)).price);
    expect((await stored(other.productId)).rule).toEqual({
      strategy: { kind: "position", place: 2 },
    });
    const costs = await currentCosts(db, [other.productId]);
    expect(costs.get(other.productId)).toEqual({ ...noCosts, cost: 900, packaging: 50 });
    const kept = await db.select().from(productStocks);
    expect(kept).toMatchObject([{ pointId: `${merchantId}_PP1`, count: 7, setBy: owner.id }]);
    const ofImport = or(
      eq(auditLog.subjectId, look.id),
      sql`${auditLog.details} ->> 'import' = ${look.id}`,
    );
    const told = await db.select().from(auditLog).where(ofImport);
    expect(told.map(({ action }) => action).sort()).toEqual([
      "product.bot_on",
      "product.costs_changed",
      "product.limits_changed",
      "product.note_changed",
      "product.rule_changed",
      "product.rule_changed",
      "product.stock_changed",
      "table.imported",
    ]);
    await expect(apply(look.id)).rejects.toMatchObject({ key: "import_applied" });

    await setProductNote(db, owner, { productId: one.productId, note: "по-своему" }, clock());
    expect(await undoImport(db, owner, look.id, clock())).toEqual({ left: 1 });
    expect(await stored(one.productId)).toMatchObject({
      ...{ floor: null, botEnabled: false, note: "по-своему", rule: {} },
    });
    expect((await currentCosts(db, [other.productId])).get(other.productId)).toEqual(noCosts);
    expect(await db.select().from(productStocks)).toEqual([]);
    const left = await importLines(db, owner, look.id, { view: "left", page: 1 });
    expect(left).toMatchObject([{ field: "note", why: "changed_since" }]);
    await expect(undoImport(db, owner, look.id, clock())).rejects.toMatchObject({
      key: "import_not_applied",
    });
  });

  test("leaves what only we have changed meanwhile, and asks about what both have", async () => {
    const one = nth(2);
    const floor = await fair(one.productId);
    await limits(one.productId, floor);
    const taken = await takeProducts(office);
    await limits(one.productId, floor + 1, floor + 1_000);
    const file = await edited(taken, { [one.sku]: { floor: floor + 2, note: "из файла" } });
    const look = await lookedAt(office, file);
    expect(look.changes).toMatchObject([{ field: "note", after: "из файла" }]);
    expect(look.conflicts).toMatchObject([
      { field: "floor", base: floor, before: floor + 1, after: floor + 2, isTaken: false },
    ]);
    const takeIt = { importId: look.id, nth: look.conflicts[0]?.nth ?? 0, taken: true };
    await takeConflicts(db, owner, takeIt, clock());
    expect(await countImport(db, look.id)).toMatchObject({ cells: 2, taken: 1 });
    await takeConflicts(db, owner, { ...takeIt, nth: null, taken: false }, clock());
    await takeConflicts(db, owner, { ...takeIt, nth: null }, clock());
    await apply(look.id);
    expect(await stored(one.productId)).toMatchObject({
      ...{ floor: floor + 2, ceiling: floor + 1_000, note: "из файла" },
    });
  });

  test("is refused as a whole when anything has changed since it was looked at", async () => {
    const [one, other] = [nth(3), nth(4)];
    const file = await edited(await takeProducts(office), {
      [one.sku]: { note: "первый" },
      [other.sku]: { note: "второй" },
    });
    const look = await lookedAt(office, file);
    await setProductNote(db, owner, { productId: other.productId, note: "иначе" }, clock());
    await expect(apply(look.id)).rejects.toMatchObject({
      ...{ kind: "conflict", key: "import_outdated" },
    });
    expect((await stored(one.productId)).note).toBeNull();
    expect((await lookedAt(office, file)).conflicts).toMatchObject([{ field: "note" }]);
  });

  test("takes a value away where its cell was emptied", async () => {
    const one = nth(5);
    const floor = await fair(one.productId);
    await limits(one.productId, floor);
    await db
      .update(products)
      .set({ rule: { floorFromCost: true, step: { unit: "tenge", value: 5 } } })
      .where(eq(products.id, one.productId));
    const file = await edited(await takeProducts(office), {
      [one.sku]: { floor: null, step: null, floorFromCost: "как задан" },
    });
    const look = await lookedAt(office, file);
    await apply(look.id);
    expect(await stored(one.productId)).toMatchObject({
      floor: null,
      rule: { floorFromCost: false },
    });
  });

  test("gives no product the values of another: a column sorted alone is found out", async () => {
    const [one, other] = [nth(6), nth(7)];
    const taken = await takeProducts(office, { format: "csv" });
    const text = new TextDecoder().decode(taken);
    const swapped = text
      .replace(`"${one.sku}"`, "SWAP")
      .replace(`"${other.sku}"`, `"${one.sku}"`)
      .replace("SWAP", `"${other.sku}"`);
    const look = await lookedAt(office, new TextEncoder().encode(swapped));
    expect(look.errors.map(({ why }) => why)).toEqual(["row_mixed_up", "row_mixed_up"]);
  });

  test("is a wide change that is tried out on a few prices first", async () => {
    const many = (await db.select().from(products).where(eq(products.onSale, true))).slice(0, 60);
    await db.update(products).set({ botEnabled: true });
    const edits = Object.fromEntries(many.map(({ sku, price }) => [sku, { floor: price }]));
    const look = await lookedAt(office, await edited(await takeProducts(office), edits));
    await apply(look.id);
    expect(await db.select().from(wideChanges)).toMatchObject([
      { storeId, what: "bulk", products: many.length, subject: look.id, changedBy: owner.id },
    ]);
  });
});

describe("what a table may not do", () => {
  test("a floor under half of the price waits for a word", async () => {
    const one = nth(8);
    const look = await lookedAt(office, typedTable("Артикул;Минимум, ₸", `${one.sku};11`));
    expect(look.doubtful).toMatchObject([{ field: "floor", after: 11 }]);
    await expect(apply(look.id, false)).rejects.toMatchObject({ key: "import_doubtful" });
    expect((await stored(one.productId)).floor).toBeNull();
    await apply(look.id, true);
    expect((await stored(one.productId)).floor).toBe(11);
  });

  test("who confirms low floors confirms none that was fair when it was shown", async () => {
    const one = nth(17);
    const floor = await fair(one.productId);
    const look = await lookedAt(office, typedTable("Артикул;Минимум, ₸", `${one.sku};${floor}`));
    expect(look.doubtful).toEqual([]);
    const ofCity = eq(productCities.productId, one.productId);
    const triple = sql`${productCities.price} * 3`;
    await db.update(productCities).set({ price: triple }).where(ofCity);
    await expect(apply(look.id, true)).rejects.toMatchObject({ key: "import_outdated" });
    await db
      .update(productCities)
      .set({ price: sql`${productCities.price} / 3` })
      .where(ofCity);
    expect((await stored(one.productId)).floor).toBeNull();
  });

  test("a floor under half of the price is not put back unasked, and the rest of it is", async () => {
    const one = nth(18);
    await limits(one.productId, 11);
    const floor = await fair(one.productId);
    const look = await lookedAt(
      office,
      typedTable("Артикул;Минимум, ₸;Бот включён", `${one.sku};${floor};да`),
    );
    await apply(look.id);
    expect(await undoImport(db, owner, look.id, clock())).toEqual({ left: 1 });
    expect(await stored(one.productId)).toMatchObject({ floor, botEnabled: false });
    const left = await importLines(db, owner, look.id, { view: "left", page: 1 });
    expect(left).toMatchObject([{ field: "floor", why: "floor_far_below_price" }]);
  });

  test("where a store is chosen, rows of another are left alone", async () => {
    const one = nth(20);
    const file = await edited(await takeProducts(office), { [one.sku]: { note: "наше" } });
    const [other] = await db
      .insert(stores)
      .values({ userId: owner.id, merchantId: "a-second", name: "A second store" })
      .returning({ id: stores.id });
    const look = await lookedAt(office, file, { storeId: other?.id ?? "" });
    expect(look.counts.cells).toBe(0);
    expect(new Set(look.errors.map(({ why }) => why))).toEqual(new Set(["other_store"]));
    expect((await lookedAt(office, file, { storeId })).counts.cells).toBe(1);
  });

  test("of somebody else's export nothing is told but of a store that one may see", async () => {
    const one = nth(21);
    const floor = await fair(one.productId);
    await limits(one.productId, floor);
    const viewer = asViewer(stranger);
    const read = async (query: object) => {
      const file = await takeProducts(office, { query });
      return (await lookedAt(office, file, { caller: viewer })).seen.remarks;
    };
    expect(await read({})).toEqual([{ kind: "forgotten" }]);
    expect(await read({ store: storeId })).toEqual([]);
  });

  test("a bot comes on by no floor that is disputed", async () => {
    const one = nth(19);
    const floor = await fair(one.productId);
    await limits(one.productId, floor);
    const taken = await takeProducts(office);
    await limits(one.productId, floor - 1);
    const file = await edited(taken, { [one.sku]: { floor: floor + 1, bot: "да" } });
    const look = await lookedAt(office, file);
    expect(look.counts).toMatchObject({ cells: 0, conflict: 2 });
    const nthOf = (field: string) => look.conflicts.find((cell) => cell.field === field)?.nth ?? -1;
    const take = (field: string, isTaken = true) =>
      takeConflicts(db, owner, { importId: look.id, nth: nthOf(field), taken: isTaken }, clock());
    await expect(take("bot")).rejects.toMatchObject({ key: "conflict_refused" });
    await take("floor");
    await take("bot");
    expect(await countImport(db, look.id)).toMatchObject({ cells: 2 });
    await take("floor", false);
    expect(await countImport(db, look.id)).toMatchObject({ cells: 0 });
    await takeConflicts(db, owner, { importId: look.id, nth: null, taken: true }, clock());
    await apply(look.id);
    expect(await stored(one.productId)).toMatchObject({ floor: floor + 1, botEnabled: true });
  });

  test("lines with errors are told with their numbers and do not keep the others from it", async () => {
    const [one, other, third] = [nth(9), nth(10), nth(11)];
    const look = await lookedAt(
      office,
      typedTable(
        "SKU;МИНИМУМ;максимум, ₸;Бот включён;Заметка;Что-то",
        `${one.sku};5000;4000;;;`,
        `${other.sku};дорого;900000;да;дорогой;`,
        `no-such;1;1;;;`,
        `${third.sku};;;-;;`,
        `${third.sku};;;;;x`,
        ";1;;;;",
      ),
    );
    expect(look.errors.map(({ line, field, why }) => [line, field, why])).toEqual([
      [2, "floor", "floor_above_ceiling"],
      [2, "ceiling", "floor_above_ceiling"],
      [3, "floor", "not_a_number"],
      [3, "ceiling", "beside_error"],
      [3, "bot", "beside_error"],
      [4, null, "article_unknown"],
      [5, "bot", "bot_cleared"],
      [6, null, "article_twice"],
      [7, null, "field_empty"],
    ]);
    expect(look.errors[2]?.after).toEqual({ said: "дорого" });
    expect(look.seen).toMatchObject({ lines: 6, errorLines: 6, kind: "table" });
    expect(look.seen.remarks).toEqual([{ kind: "unknown_columns", names: "Что-то" }]);
    await apply(look.id);
    expect(await stored(other.productId)).toMatchObject({
      ...{ ceiling: null, botEnabled: false, note: "дорогой" },
    });
  });

  test("a bot does not come on without a floor, and without a right nothing comes", async () => {
    const one = nth(12);
    const look = await lookedAt(
      office,
      typedTable("Артикул;Бот включён;Остаток у нас, PP99", `${one.sku};да;3`),
    );
    expect(look.errors.map(({ field, why }) => [field, why])).toEqual([
      ["bot", "bot_needs_floor"],
      ["stock:PP99", "point_unknown"],
    ]);
    await expect(apply(look.id)).rejects.toMatchObject({ key: "import_empty" });
    const viewer = asViewer(stranger);
    const theirs = await lookedAt(office, typedTable("Артикул;Шаг", `${one.sku};7`), {
      caller: viewer,
      storeId,
    });
    expect(theirs.errors).toMatchObject([{ field: "step", why: "read_only" }]);
  });

  test("a stranger finds neither products nor the import of somebody", async () => {
    const one = nth(13);
    const file = await edited(await takeProducts(office), { [one.sku]: { note: "чужое" } });
    const look = await lookedAt(office, file, { caller: stranger });
    expect(look.seen.remarks).toEqual([{ kind: "forgotten" }]);
    expect(look.counts.cells).toBe(0);
    expect(new Set(look.errors.map(({ why }) => why))).toEqual(new Set(["row_gone"]));
    const mine = await lookedAt(office, file);
    const theirs = applyImport(db, stranger, { importId: mine.id, confirm: true }, clock());
    await expect(theirs).rejects.toMatchObject({ kind: "not_found" });
    await expect(undoImport(db, stranger, mine.id, clock())).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  test("a disputed cell is not taken where it would break the limits of its product", async () => {
    const one = nth(14);
    const floor = await fair(one.productId);
    await limits(one.productId, floor, floor + 1_000);
    const taken = await takeProducts(office);
    await limits(one.productId, floor + 10, floor + 500);
    const file = await edited(taken, { [one.sku]: { floor: floor + 900 } });
    const look = await lookedAt(office, file);
    const takeIt = { importId: look.id, nth: look.conflicts[0]?.nth ?? 0, taken: true };
    await expect(takeConflicts(db, owner, takeIt, clock())).rejects.toMatchObject({
      key: "conflict_refused",
    });
    await takeConflicts(db, owner, { ...takeIt, nth: null }, clock());
    expect(await countImport(db, look.id)).toMatchObject({ cells: 0, conflict: 1 });
    await setBot(db, owner, one.productId, false, clock());
  });

  test("nothing is done by halves: whoever is blocked from one row changes none", async () => {
    const [one, other] = [nth(15), nth(16)];
    const look = await lookedAt(
      office,
      typedTable("Артикул;Заметка", `${one.sku};раз`, `${other.sku};два`),
    );
    await db.update(products).set({ removedAt: clock() }).where(eq(products.id, other.productId));
    await expect(apply(look.id)).rejects.toMatchObject({ key: "import_outdated" });
    await db.update(products).set({ removedAt: null }).where(eq(products.id, other.productId));
    expect((await stored(one.productId)).note).toBeNull();
    const done = await db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, "table.imported"), eq(auditLog.subjectId, look.id)));
    expect(done).toEqual([]);
  });
});
