import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { exportSaved, savedRows } from "@/lib/calculator/export-saved";
import { readTexts, textsIn, textsSchema } from "@/lib/calculator/model";
import { textsOfProduct } from "@/lib/calculator/of-product";
import { MOST_SAVED, removeCalculation, saveCalculation } from "@/lib/calculator/save-calculation";
import { workOutAll } from "@/lib/calculator/work-out";
import { tenge } from "@/lib/core/money";
import { calculations } from "@/lib/db/schema/calculations";
import { tariffs } from "@/lib/db/schema/costs";
import { products } from "@/lib/db/schema/products";
import { auditLog } from "@/lib/db/schema/workspace";
import { setCosts } from "@/lib/repricing/cost-floor/set-costs";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
const { storeId } = await connectedStore(office);
await syncNow(office, storeId);

const everything = {
  ...{ price: "10 000 ₸", cost: "6000", packaging: "100", other: "0", returns: "0" },
  ...{ fee: "700", commission: "10 %", pay: "0,95", tax: "3" },
};
const workOut = async (texts: object, caller = owner) => {
  const [outcome] = await workOutAll(db, caller, [readTexts(textsIn({ ...texts }))], clock());
  return outcome ?? expect.fail("nothing was worked out");
};

beforeEach(async () => {
  await Promise.all([db.delete(calculations), db.delete(tariffs)]);
});

async function tariff(of: { storeId: string | null; category?: string; rate: number }) {
  const { rate, category = "", ...rest } = of;
  const value = { rate };
  await db.insert(tariffs).values({
    ...{ ...rest, kind: "commission", category, validFrom: "2020-01-01", value, setAt: clock() },
  });
}

describe("the fields", () => {
  test("are read as people type them", async () => {
    expect((await workOut(everything)).profit?.profit).toBe(1_805);
  });

  test("that cannot be read count as empty and are named", () => {
    const said = readTexts({
      price: "много",
      tax: "101",
      weight: "-1",
      cost: "5",
      delivery: "луна",
    });
    expect(said).toMatchObject({ price: null, costs: { cost: 5, delivery: null } });
    expect(Object.keys(said.problems).sort()).toEqual(["price", "tax", "weight"]);
  });

  test("are all there is to an address: what else stands in it is left out", () => {
    const asked = {
      price: " 10 ",
      cost: "",
      session: "x",
      tax: ["1", "2"],
      margin: "x".repeat(201),
    };
    expect(textsIn(asked)).toEqual({ price: "10" });
    expect(textsSchema.safeParse({ price: "1", session: "x" }).success).toBe(false);
  });
});

describe("tariffs", () => {
  test("are those of the category, then those for all others, unless something was typed", async () => {
    await tariff({ storeId: null, rate: 1_200 });
    await tariff({ storeId: null, category: "Phones", rate: 800 });
    const { commission: _, ...rest } = everything;
    const paid = async (more: object) =>
      (await workOut({ ...rest, ...more })).profit?.lines.find(({ line }) => line === "commission")
        ?.amount;
    expect(await paid({})).toBe(1_200);
    expect(await paid({ category: "Phones" })).toBe(800);
    expect(await paid({ category: "Phones", commission: "5" })).toBe(500);
  });

  test("of a store count for who sees the store", async () => {
    await tariff({ storeId, rate: 300 });
    const { commission: _, ...rest } = everything;
    const asked = { ...rest, store: storeId };
    expect((await workOut(asked)).missing).toEqual([]);
    expect((await workOut(asked, stranger)).missing).toEqual(["commission"]);
  });
});

describe("a product", () => {
  test("fills the fields with what is known of it", async () => {
    const [product] = await db.select().from(products).where(eq(products.onSale, true)).limit(1);
    const id = product?.id ?? "";
    const costs = {
      ...{ cost: tenge(5_000), packaging: tenge(50), other: null, returns: null },
      ...{ weightGrams: 700, delivery: "city" as const, minProfit: null, minMargin: 1_250 },
    };
    await setCosts(db, owner, id, { costs, confirm: true }, clock());
    expect(await textsOfProduct(db, owner, id)).toEqual({
      ...{ price: `${product?.price}`, cost: "5000", packaging: "50", weight: "700" },
      ...{ delivery: "city", margin: "12.5", category: product?.category, store: storeId },
    });
    expect(readTexts({ margin: "12.5" }).costs.minMargin).toBe(1_250);
    expect(await textsOfProduct(db, stranger, id)).toBeNull();
    expect(await textsOfProduct(db, owner, "00000000-0000-4000-8000-000000000000")).toBeNull();
  });
});

describe("a calculation that is kept", () => {
  const keep = (name: string, caller = owner) =>
    saveCalculation(db, caller, { name, texts: everything }, clock());

  test("is its person's alone, and is worked out by the tariffs of today", async () => {
    const id = await keep("Чехол");
    const [row] = await savedRows(db, owner, clock());
    expect(row).toMatchObject({ id, name: "Чехол", outcome: { profit: { profit: 1_805 } } });
    expect(await savedRows(db, stranger, clock())).toEqual([]);
    await expect(removeCalculation(db, stranger, id, clock())).rejects.toMatchObject({
      kind: "not_found",
    });
    await removeCalculation(db, owner, id, clock());
    expect(await savedRows(db, owner, clock())).toEqual([]);
    const said = await db.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(said.map(({ action }) => action).sort()).toEqual([
      ...["calculation.removed", "calculation.saved"],
    ]);
  });

  test("is one of two hundred at most, however many ask at once", async () => {
    const texts = {};
    await db.insert(calculations).values(
      Array.from({ length: MOST_SAVED - 1 }, (_, nth) => ({
        ...{ userId: owner.id, name: `${nth}`, texts, savedAt: clock() },
      })),
    );
    const ends = await Promise.allSettled([keep("a"), keep("b"), keep("c")]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await keep("another's", stranger);
  });

  test("is a row of a file", async () => {
    await keep("=1+1 Чехол");
    const file = await exportSaved(db, owner, { format: "csv", locale: "ru", now: clock() });
    const [head, line] = (await new Response(file).text()).split("\r\n");
    expect(head).toContain('"Расчёт";"Цена, ₸";"Себестоимость, ₸"');
    expect(line).toContain("'=1+1 Чехол");
    expect(line).toContain(";1805;18,05;7903;");
  });
});
