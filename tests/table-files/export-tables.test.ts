import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { createOwner } from "@/lib/auth/users";
import { tenge } from "@/lib/core/money";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { tableExports, tableImports } from "@/lib/db/schema/table-files";
import { auditLog } from "@/lib/db/schema/workspace";
import { readRows } from "@/lib/excel/read-rows";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { repriceOne } from "@/lib/repricing/check/reprice-store";
import { rivalsSchema } from "@/lib/rivals/model";
import { exportProducts } from "@/lib/table-files/export-products";
import { forgetExports } from "@/lib/table-files/export-queries";
import { exportRivals } from "@/lib/table-files/export-rivals";
import { forgetImports } from "@/lib/table-files/import-queries";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";
import { lookedAt, takeProducts } from "../support/tables";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let storeId = "";
let goods: Handle[] = [];

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  goods = (await goodsOnSale(office, storeId, store.merchantId)).map((one) => handle(office, one));
});

const textOf = async (file: Uint8Array) => (await readRows(file)).map(({ cells }) => cells);

describe("a table of products", () => {
  test("has the rows of the page in the page's order, and no others", async () => {
    const asked = { store: storeId, sort: "-price", from: 3_000 } as const;
    const page = await listProducts(db, owner, productListSchema.parse(asked), clock());
    expect(page.total).toBeGreaterThan(3);
    const [, ...rows] = await textOf(await takeProducts(office, { query: asked }));
    expect(rows).toHaveLength(page.total);
    expect(rows.slice(0, page.rows.length).map(([article]) => article)).toEqual(
      page.rows.map(({ sku }) => sku),
    );
  });

  test("has nothing of others in it", async () => {
    expect(await textOf(await takeProducts(office, { caller: stranger }))).toHaveLength(1);
    const query = { store: storeId };
    expect(await textOf(await takeProducts(office, { caller: stranger, query }))).toHaveLength(1);
  });

  test("speaks the language of who takes it", async () => {
    const [ru, kk, en] = await Promise.all(
      (["ru", "kk", "en"] as const).map(async (locale) =>
        textOf(await takeProducts(office, { locale, format: "csv" })),
      ),
    );
    expect(ru?.[0]).toContain("Минимум, ₸");
    expect(kk?.[0]).toContain("Ең төменгі баға, ₸");
    expect(en?.[0]).toContain("Minimum, ₸");
  });

  test("is written down, and is not given more than ten times in ten minutes", async () => {
    const user = { email: "eager@example.kz", name: "eager", password: "a long password" };
    const eager = { ...owner, id: await createOwner(db, user, clock()) };
    const query = productListSchema.parse({ q: "nothing is called so" });
    const now = later(clock(), 300 * DAY);
    const take = (at = now) =>
      exportProducts(db, eager, { query, format: "csv", locale: "ru", now: at });
    for (let nth = 0; nth < 10; nth += 1) await take();
    await expect(take()).rejects.toMatchObject({ key: "too_many_exports" });
    await take(later(now, 11 * MINUTE));
    const taken = await db.select().from(auditLog).where(eq(auditLog.action, "table.exported"));
    const mine = taken.filter(({ userId }) => userId === eager.id);
    expect(mine).toHaveLength(11);
    expect(mine[0]?.details).toMatchObject({ table: "products", format: "csv" });
  });

  test("is compared with for thirty days, and then with what is there", async () => {
    const [one] = goods;
    const productId = one?.productId ?? "";
    const floor = tenge(900_000);
    const file = await takeProducts(office, { format: "csv" });
    await setLimits(db, owner, productId, { floor, confirm: true }, clock());
    expect((await lookedAt(office, file)).counts).toMatchObject({ change: 0, conflict: 0 });
    await forgetExports(db, later(clock(), 10_000 * HOUR), 1_000);
    expect(await db.select().from(tableExports)).toEqual([]);
    const look = await lookedAt(office, file);
    expect(look.seen.remarks).toEqual([{ kind: "forgotten" }]);
    expect(look.counts).toMatchObject({ change: 0, conflict: 0 });
    while ((await forgetImports(db, later(clock(), DAY), 1_000)) > 0);
    expect(await db.select().from(tableImports)).toEqual([]);
    await db.update(products).set({ floor: null }).where(eq(products.id, productId));
  });
});

test("a table of rivals has those of the page in its order", async () => {
  const [one, other] = goods;
  one?.rivals(9_000, 9_500);
  other?.rivals(8_000);
  for (const each of [one, other]) await repriceOne(access, owner, each?.productId ?? "");
  const query = rivalsSchema.parse({ sort: "-cards" });
  const now = later(clock(), 400 * DAY);
  const file = await exportRivals(db, owner, { query, format: "xlsx", locale: "ru", now });
  const [head, ...rows] = await textOf(new Uint8Array(await new Response(file).arrayBuffer()));
  expect(head?.slice(0, 3)).toEqual(["Номер продавца", "Продавец", "На наших карточках"]);
  expect(rows.map(([id, , cards]) => [id, cards])).toEqual([
    ["990000", "2"],
    ["990001", "1"],
  ]);
});
