import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import Excel from "exceljs";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { products } from "@/lib/db/schema/products";
import { productStocks } from "@/lib/db/schema/table-files";
import { applyImport } from "@/lib/table-files/apply-import";
import { readPriceList } from "@/lib/table-files/read-price-list";
import { readTable } from "@/lib/table-files/read-table";
import { type Goods, goodsOnSale } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";
import { lookedAt } from "../support/tables";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
let storeId = "";
let merchantId = "";
let goods: Goods[] = [];

beforeAll(async () => {
  ({ storeId, merchantId } = await connectedStore(office));
  await syncNow(office, storeId);
  goods = await goodsOnSale(office, storeId, merchantId);
});

beforeEach(async () => {
  await db.delete(productStocks);
});

/** Stock is kept here already: Kaspi's file may count it anew. */
async function kept(...counts: [nth: number, code: string, count: number][]) {
  const setAt = clock();
  await db.insert(productStocks).values(
    counts.map(([nth, code, count]) => ({
      ...{ productId: goods[nth]?.productId ?? "", storeId, count, setAt },
      pointId: `${merchantId}_${code}`,
    })),
  );
}

const bytes = (text: string) => new TextEncoder().encode(text);
const sku = (nth: number) => goods[nth]?.sku ?? "";

const priceList = (offers: string, merchant = merchantId) =>
  bytes(`<?xml version="1.0" encoding="utf-8"?>
<kaspi_catalog xmlns="kaspiShopping" date="2026-11-01">
<company>Shop</company><merchantid>${merchant}</merchantid><offers>${offers}</offers></kaspi_catalog>`);

const offer = (of: string, points: string, price = "<price>12990</price>") =>
  `<offer sku="${of}"><model>x</model><availabilities>${points}</availabilities>${price}</offer>`;

const at = (point: string, rest: string, available = "yes") =>
  `<availability available="${available}" storeId="${point}" ${rest}/>`;

async function official(rows: (string | number)[][]): Promise<Uint8Array> {
  const workbook = new Excel.Workbook();
  const sheet = workbook.addWorksheet("Sheet1");
  sheet.addRow("SKU model brand price PP1 PP2 PP3 PP4 PP5 preorder".split(" "));
  for (const row of rows) sheet.addRow(row);
  return new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
}

describe("Kaspi's XML", () => {
  test("gives the stock by point, and neither a floor nor a preorder of no pieces", async () => {
    await kept([0, "PP1", 8]);
    const file = priceList(
      offer(sku(0), at(`${merchantId}_PP1`, 'preOrder="0" stockCount="3.0"')) +
        offer(sku(1), at("PP1", 'preOrder="5"')) +
        offer(sku(2), at("PP1", "") + at("PP2", "", "no")),
    );
    const look = await lookedAt(office, file);
    expect(look.seen).toMatchObject({ kind: "price_list", storeId, lines: 3 });
    expect(look.seen.remarks).toEqual([
      { kind: "prices", count: 3 },
      { kind: "yes_no", count: 1 },
      { kind: "uncounted", count: 1 },
    ]);
    expect(look.changes.map(({ field, after }) => [field, after])).toEqual([["stock:PP1", 3]]);
    const [before] = await db
      .select()
      .from(products)
      .where(eq(products.sku, sku(0)));
    await applyImport(db, owner, { importId: look.id, confirm: true }, clock());
    const [after] = await db
      .select()
      .from(products)
      .where(eq(products.sku, sku(0)));
    expect(after?.floor).toBe(before?.floor);
    expect(await db.select().from(productStocks)).toMatchObject([{ count: 3 }]);
    expect((await lookedAt(office, file)).counts.cells).toBe(0);
  });

  test("begins to keep no stock: nothing would count down what is sold", async () => {
    await kept([0, "PP1", 8]);
    const three = at("PP1", 'stockCount="3"');
    const file = priceList([0, 1, 2].map((nth) => offer(sku(nth), three)).join(""));
    const look = await lookedAt(office, file);
    expect(look.seen.remarks).toContainEqual({ kind: "not_kept", count: 2 });
    expect(look.errors).toEqual([]);
    await applyImport(db, owner, { importId: look.id, confirm: true }, clock());
    expect(await db.select().from(productStocks)).toMatchObject([
      { productId: goods[0]?.productId, count: 3 },
    ]);
  });

  test("counts nothing of another seller's point, nor of days nobody understands", async () => {
    await kept([0, "PP1", 8], [1, "PP1", 8]);
    const file = priceList(
      offer(sku(0), at("999_PP1", 'stockCount="3"')) +
        offer(sku(1), at("PP1", 'stockCount="3" preOrder="abc"')),
    );
    const look = await lookedAt(office, file);
    expect(look.changes).toEqual([]);
    expect(look.errors).toMatchObject([{ article: sku(0), why: "point_unknown" }]);
    expect(look.seen.remarks).toContainEqual({ kind: "preorders", count: 1 });
  });

  test("tells of points and articles that are not the store's, with their lines", async () => {
    const file = priceList(
      `\n${offer(sku(0), at("PP77", 'stockCount="3"'))}\n${offer("nobody", at("PP1", 'stockCount="3"'))}`,
    );
    const { errors } = await lookedAt(office, file);
    expect(errors.map(({ line, why }) => [line, why])).toEqual([
      [4, "point_unknown"],
      [5, "article_unknown"],
    ]);
  });

  test("of another store is refused", async () => {
    const file = priceList(offer(sku(0), at("PP1", 'stockCount="3"')), "99999999");
    await expect(lookedAt(office, file)).rejects.toMatchObject({ key: "price_list_other_store" });
  });

  test("is refused with a document type or entities, and as a page of HTML", async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kaspi_catalog><offers><offer sku="&b;"/></offers></kaspi_catalog>`;
    const outside = `<!DOCTYPE x SYSTEM "file:///etc/passwd"><kaspi_catalog/>`;
    for (const text of [bomb, outside, "<html><br></html>", "<a>", "<kaspi_catalog>&x;"])
      await expect(readTable(bytes(text))).rejects.toMatchObject({ key: "price_list_unreadable" });
  });

  test("keeps points and days of every offer for whoever makes preorders of them", async () => {
    const text = priceList(offer("a", at("1_PP3", 'preOrder="11"') + at("PP4", 'stockCount="2"')));
    expect(await readPriceList(text)).toEqual({
      merchantId,
      offers: [
        {
          ...{ line: 3, sku: "a", hasPrice: true },
          points: [
            { code: "1_PP3", isAvailable: true, stock: null, preorderDays: 11 },
            { code: "PP4", isAvailable: true, stock: "2", preorderDays: null },
          ],
        },
      ],
    });
  });
});

describe("Kaspi's workbook", () => {
  test("gives the stock by point of the store that is chosen", async () => {
    await kept([3, "PP1", 8], [3, "PP2", 8], [4, "PP1", 8]);
    const file = await official([
      [sku(3), "x", "y", 12_990, 4, 0, "", "yes", "no", ""],
      [sku(4), "x", "y", 12_990, 1, 0, 0, 0, 0, 7],
    ]);
    const look = await lookedAt(office, file, { storeId });
    expect(look.seen).toMatchObject({ kind: "price_list", storeId });
    expect(look.changes.map(({ article, field, after }) => [article, field, after])).toContainEqual(
      [sku(3), "stock:PP1", 4],
    );
    expect(look.seen.remarks).toEqual([
      { kind: "prices", count: 2 },
      { kind: "yes_no", count: 2 },
    ]);
    const preorder = look.changes.filter(({ article }) => article === sku(4));
    expect(preorder.map(({ field, after }) => [field, after])).toEqual([
      ["preorderDays", 7],
      ["preorderPoints", { PP1: 1 }],
    ]);
  });

  test("as text is the same, of a Windows of the nineties too", async () => {
    const text = `SKU,model,brand,price,PP1,PP2,PP3,PP4,PP5,preorder\n${sku(5)},Чайник,y,100,9,,,,,\n`;
    const cp1251 = Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code < 128 ? code : code - 0x410 + 0xc0;
    });
    await kept([5, "PP1", 8]);
    for (const file of [bytes(text), cp1251])
      expect((await lookedAt(office, file)).changes).toMatchObject([
        { article: sku(5), field: "stock:PP1", after: 9 },
      ]);
  });
});

describe("files as Kaspi has made them", () => {
  const sample = (name: string) => readFile(`tests/fixtures/kaspi/${name}`);

  test.each([
    ["price-list_official-sample.xml", 2, "CompanyID"],
    ["price-list_real-feed_2025-10-08.xml", 20, "30286450"],
    ["export_ACTIVE_2026-09-15.xml", 2, "6871008"],
  ])("%s is read whole", async (name, count, merchant) => {
    const { offers, merchantId: whose } = await readPriceList(await sample(name));
    expect([offers.length, whose]).toEqual([count, merchant]);
    expect(offers.every(({ sku: article, hasPrice }) => article !== "" && hasPrice)).toBe(true);
  });

  test("the official workbook is read as it is, its second sheet left alone", async () => {
    const table = await readTable(await sample("price-list_official-template.xlsx"));
    expect(table.kind).toBe("price_list");
    expect(table.lines.map(({ article, cells }) => [article, cells.get("stock:PP1")])).toEqual([
      ["12343KHH", "3"],
      ["12344KHH", "7"],
      ["12345KHH", undefined],
    ]);
    expect(table.lines.map(({ cells }) => cells.get("preorderDays"))).toEqual([
      ...[undefined, undefined, "3"],
    ]);
  });
});
