import { eq } from "drizzle-orm";
import Excel from "exceljs";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { preorders } from "@/lib/db/schema/preorders";
import { productCities, products } from "@/lib/db/schema/products";
import { changePreorder } from "@/lib/preorders/change-preorder";
import { applyImport } from "@/lib/table-files/apply-import";
import { importLines } from "@/lib/table-files/import-queries";
import { takeConflicts } from "@/lib/table-files/take-conflicts";
import { undoImport } from "@/lib/table-files/undo-import";
import { demoShop } from "../support/city-goods";
import { type Goods, goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { preorderOf } from "../support/preorders";
import { connectedStore, syncNow } from "../support/stores";
import { edited, lookedAt, takeProducts, typedTable } from "../support/tables";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let storeId = "";
let merchantUid = "";
let shelf: Goods[] = [];
let goods: Handle;
let preorder: ReturnType<typeof preorderOf>;

beforeAll(async () => {
  const store = await connectedStore(office, demoShop);
  ({ storeId, merchantId: merchantUid } = store);
  await syncNow(office, storeId);
  shelf = await goodsOnSale(office, storeId, merchantUid);
});

beforeEach(async () => {
  await db.delete(preorders);
  const [first] = shelf;
  if (!first) throw new Error("the shop is empty");
  goods = handle(office, first);
  preorder = preorderOf(office, goods);
});

const apply = (importId: string) => applyImport(db, owner, { importId, confirm: false }, clock());
const undo = (importId: string) => undoImport(db, owner, importId, clock());

const pp = (...counts: number[]) =>
  counts.flatMap((quantity, nth) =>
    quantity > 0 ? [{ pointId: `${merchantUid}_PP${nth + 1}`, quantity }] : [],
  );

/** What our own table of products says when these cells of the product are changed. */
const sentBack = async (cells: Record<string, string | number | null>) =>
  lookedAt(office, await edited(await takeProducts(office), { [goods.sku]: cells }));

const rowsOf = () =>
  db
    .select()
    .from(preorders)
    .where(eq(preorders.productId, goods.productId))
    .orderBy(preorders.createdAt, preorders.id);

describe("a preorder in a table of products", () => {
  test("is made as a draft, and taken back", async () => {
    const look = await sentBack({ preorderDays: 9, preorderPoints: "pp1: 5; PP2 = 2" });
    expect(look.changes.map(({ field, before, after }) => [field, before, after])).toEqual([
      ["preorderDays", null, 9],
      ["preorderPoints", null, { PP1: 5, PP2: 2 }],
    ]);
    await apply(look.id);
    const [made] = await rowsOf();
    expect(made).toMatchObject({ status: "draft", leadDays: 9, points: pp(5, 2) });
    expect(made).toMatchObject({ price: goods.kaspiPrice(), priceTyped: false });
    expect(await undo(look.id)).toEqual({ left: 0 });
    expect(await rowsOf()).toMatchObject([{ status: "cancelled" }]);
  });

  test("comes back as it left: nothing changes", async () => {
    await preorder.draft({ leadDays: 7, points: pp(5, 0) });
    for (const format of ["xlsx", "csv"] as const) {
      const look = await lookedAt(office, await takeProducts(office, { format }));
      expect([look.counts.cells, look.errors]).toEqual([0, []]);
    }
  });

  test("that Kaspi shows goes out again when its days are changed, and back", async () => {
    await preorder.activate({ leadDays: 7, points: pp(5) });
    const look = await sentBack({ preorderDays: 12 });
    await apply(look.id);
    await preorder.send();
    await preorder.look();
    expect(preorder.days()).toMatchObject({ PP1: 12 });
    expect(await preorder.row()).toMatchObject({ status: "active", leadDays: 12, points: pp(5) });
    expect(await undo(look.id)).toEqual({ left: 0 });
    await preorder.send();
    await preorder.look();
    expect(preorder.days()).toMatchObject({ PP1: 7 });
  });

  test("is cancelled when both cells are emptied, and made anew when that is undone", async () => {
    await preorder.draft({ leadDays: 7, points: pp(5) });
    const look = await sentBack({ preorderDays: null, preorderPoints: null });
    await apply(look.id);
    expect(await rowsOf()).toMatchObject([{ status: "cancelled" }]);
    expect(await undo(look.id)).toEqual({ left: 0 });
    expect(await rowsOf()).toMatchObject([
      { status: "cancelled" },
      { status: "draft", leadDays: 7, points: pp(5) },
    ]);
  });

  test("is not made by half or at a point nobody knows", async () => {
    const wrong = async (cells: Record<string, string | number | null>) => {
      const { errors, changes } = await sentBack(cells);
      expect(changes).toEqual([]);
      return [...new Set(errors.map(({ why }) => why))];
    };
    expect(await wrong({ preorderDays: 9 })).toEqual(["preorder_half"]);
    expect(await wrong({ preorderPoints: "PP1: 5" })).toEqual(["preorder_half"]);
    expect(await wrong({ preorderDays: 9, preorderPoints: "PP77: 5" })).toEqual(["point_unknown"]);
    expect(await wrong({ preorderDays: 31 })).toEqual(["not_lead_days"]);
    expect(await wrong({ preorderPoints: "five at PP1" })).toEqual(["preorder_pieces"]);
    expect(await wrong({ preorderPoints: "PP1: 0" })).toEqual(["preorder_no_points"]);
    expect(await rowsOf()).toEqual([]);
  });

  test("is not made of a product that costs nobody knows what", async () => {
    const other = shelf[1]?.productId ?? "";
    await db.update(products).set({ price: null }).where(eq(products.id, other));
    await db.update(productCities).set({ price: null }).where(eq(productCities.productId, other));
    const file = await edited(await takeProducts(office), {
      [shelf[1]?.sku ?? ""]: { preorderDays: 9, preorderPoints: "PP1: 5" },
    });
    const { errors } = await lookedAt(office, file);
    expect(errors.map(({ why }) => why)).toEqual(["preorder_no_price", "preorder_no_price"]);
  });

  test("does not fall with a floor that cannot be, nor the floor with it", async () => {
    const look = await sentBack({ floor: 3, preorderDays: 9, preorderPoints: "PP1: 5" });
    expect(look.errors.map(({ field }) => field)).toEqual(["floor"]);
    expect(look.changes.map(({ field }) => field)).toEqual(["preorderDays", "preorderPoints"]);
  });

  test("that was changed here meanwhile is disputed, and taken by a word", async () => {
    const id = await preorder.draft({ leadDays: 7, points: pp(5) });
    const file = await edited(await takeProducts(office), { [goods.sku]: { preorderDays: 12 } });
    await changePreorder(db, owner, { id, leadDays: 9, confirm: false }, clock());
    const look = await lookedAt(office, file);
    expect(look.conflicts).toMatchObject([{ field: "preorderDays", before: 9, after: 12 }]);
    await takeConflicts(db, owner, { importId: look.id, nth: null, taken: true }, clock());
    await apply(look.id);
    expect(await preorder.row()).toMatchObject({ leadDays: 12, points: pp(5) });
    await changePreorder(db, owner, { id, leadDays: 3, confirm: false }, clock());
    expect(await undo(look.id)).toEqual({ left: 1 });
    const left = await importLines(db, owner, look.id, { view: "left", page: 1 });
    expect(left).toMatchObject([{ field: "preorderDays", why: "changed_since" }]);
    expect(await preorder.row()).toMatchObject({ leadDays: 3 });
  });

  test("of half of which something was changed since is not undone by half", async () => {
    const look = await sentBack({ preorderDays: 9, preorderPoints: "PP1: 5" });
    await apply(look.id);
    const { id } = await preorder.row();
    await changePreorder(db, owner, { id, leadDays: 3, confirm: false }, clock());
    expect(await undo(look.id)).toEqual({ left: 2 });
    expect(await preorder.row()).toMatchObject({ status: "draft", leadDays: 3, points: pp(5) });
  });

  test("is nobody's to change who may only look", async () => {
    const viewer = asViewer(stranger);
    const file = typedTable(
      "Артикул;Предзаказ: дней до поступления;Предзаказ: сколько ждём",
      `${goods.sku};9;PP1: 5`,
    );
    const look = await lookedAt(office, file, { storeId, caller: viewer });
    expect(look.changes).toEqual([]);
    expect(look.errors.map(({ why }) => why)).toEqual(["read_only", "read_only"]);
  });
});

describe("a preorder in Kaspi's own files", () => {
  async function official(rows: (string | number)[][]): Promise<Uint8Array> {
    const workbook = new Excel.Workbook();
    const sheet = workbook.addWorksheet("data");
    sheet.addRow("SKU model brand price PP1 PP2 PP3 PP4 PP5 preorder".split(" "));
    for (const row of rows) sheet.addRow(row);
    return new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
  }
  const listed = (points: string) =>
    new TextEncoder().encode(`<kaspi_catalog date="2026-11-01"><company>x</company>
<merchantid>${merchantUid}</merchantid><offers><offer sku="${goods.sku}"><model>x</model>
<availabilities>${points}</availabilities><price>9000</price></offer></offers></kaspi_catalog>`);

  test("is made of the workbook's counts and days", async () => {
    const file = await official([[goods.sku, "x", "y", 9_000, 4, 2, "", "", "", 14]]);
    const look = await lookedAt(office, file, { storeId });
    await apply(look.id);
    expect(await preorder.row()).toMatchObject({
      ...{ status: "draft", leadDays: 14 },
      points: pp(4, 2),
    });
  });

  test("changes the days of one that is here, whatever number stands before its points", async () => {
    await preorder.draft({ leadDays: 7, points: pp(5) });
    const look = await lookedAt(
      office,
      listed(`<availability available="yes" storeId="${merchantUid}_PP1" preOrder="11"/>`),
    );
    expect(look.changes).toMatchObject([{ field: "preorderDays", before: 7, after: 11 }]);
    const counted = await lookedAt(
      office,
      listed(
        `<availability available="yes" storeId="${merchantUid}_PP1" preOrder="11" stockCount="8.0"/>`,
      ),
    );
    expect(counted.changes).toMatchObject([
      { field: "preorderDays", after: 11 },
      { field: "preorderPoints", after: { PP1: 8 } },
    ]);
  });

  test("with different days by point, or days nobody understands, is left aside", async () => {
    const at = (point: string, days: string) =>
      `<availability available="yes" storeId="${point}" preOrder="${days}" stockCount="1"/>`;
    for (const points of [at("PP1", "3") + at("PP2", "4"), at("PP1", "soon")]) {
      const look = await lookedAt(office, listed(points));
      expect([look.changes, look.errors]).toEqual([[], []]);
      expect(look.seen.remarks).toContainEqual({ kind: "preorders", count: 1 });
    }
  });

  test("says nothing of goods that are there: no preorder is cancelled by it", async () => {
    await preorder.draft({ leadDays: 7, points: pp(5) });
    const look = await lookedAt(office, await official([[goods.sku, "x", "y", 9_000, 4]]), {
      storeId,
    });
    expect(look.changes).toEqual([]);
  });
});
