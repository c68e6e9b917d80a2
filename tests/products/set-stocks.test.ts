import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { productStocks } from "@/lib/db/schema/table-files";
import { auditLog } from "@/lib/db/schema/workspace";
import { setStocks } from "@/lib/products/set-stocks";
import { productStocksSchema, stockCountField } from "@/lib/products/stock-model";
import { stockByPoint } from "@/lib/products/stock-queries";
import { type Goods, goodsOnSale } from "../support/goods";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let goods: Goods[] = [];
let point = "";

beforeAll(async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  goods = await goodsOnSale(office, storeId, merchantId);
  point = `${merchantId}_PP1`;
});

beforeEach(async () => {
  await db.delete(productStocks);
});

const productId = () => goods[0]?.productId ?? "";
const set = (count: string, caller = owner, pointId = point) =>
  setStocks(
    db,
    caller,
    productStocksSchema.parse({ productId: productId(), counts: [{ pointId, count }] }),
    clock(),
  );
const kept = async () =>
  (await stockByPoint(db, productId())).find(({ pointId }) => pointId === point)?.count;

describe("the seller's own stock at a point", () => {
  test("is kept, changed, and kept no more", async () => {
    expect(await kept()).toBeNull();
    await set("5");
    expect(await kept()).toBe(5);
    await set(" 0 ");
    expect(await kept()).toBe(0);
    await set("");
    expect(await kept()).toBeNull();
    const told = await db.select().from(auditLog).where(eq(auditLog.subjectId, productId()));
    expect(told.filter(({ action }) => action === "product.stock_changed")).toMatchObject([
      { details: { before: { [point]: null }, after: { [point]: 5 } } },
      { details: { before: { [point]: 5 }, after: { [point]: 0 } } },
      { details: { before: { [point]: 0 }, after: { [point]: null } } },
    ]);
  });

  test("is set at points of the product's store only, by who may change its price", async () => {
    await expect(set("5", owner, "999_PP1")).rejects.toMatchObject({ key: "point_unknown" });
    await expect(set("5", stranger)).rejects.toMatchObject({ kind: "not_found" });
    await expect(set("5", asViewer(stranger))).rejects.toMatchObject({ kind: "forbidden" });
    expect(await kept()).toBeNull();
  });

  test.each(["-1", "1.5", "много", "1e3", "99999999"])("is a whole number, not «%s»", (text) => {
    expect(stockCountField.safeParse(text).error?.issues[0]?.message).toBe("not_a_stock");
  });
});
