import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import { noCosts } from "@/lib/costs/model";
import { saveCosts } from "@/lib/costs/queries";
import { productCosts } from "@/lib/db/schema/costs";
import { products } from "@/lib/db/schema/products";
import { productStocks } from "@/lib/db/schema/table-files";
import { locales } from "@/lib/i18n/locales";
import { saveStocks } from "@/lib/products/stock-queries";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import { fileFormats } from "@/lib/table-files/format-model";
import { isSame, mergeCell } from "@/lib/table-files/merge-rules";
import { type Goods, goodsOnSale } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";
import { edited, lookedAt, takeProducts } from "../support/tables";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
let goods: Goods[] = [];

beforeAll(async () => {
  const store = await connectedStore(office);
  await syncNow(office, store.storeId);
  goods = (await goodsOnSale(office, store.storeId, store.merchantId)).slice(0, 8);
});

const amount = fc.integer({ min: 1, max: 999_999_999 });
const price = fc.integer({ min: 10, max: 9_999_999 });
const percent = fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100);
const step = fc.oneof(
  amount.map((value) => ({ unit: "tenge" as const, value })),
  percent.map((value) => ({ unit: "percent" as const, value })),
);
const places = fc.integer({ min: 1, max: 50 });

/** Every rule that a table can say, and some of what it cannot. */
const rule = fc.record(
  {
    strategy: fc.oneof(
      fc.constantFrom("undercut", "match", "above").map((kind) => ({ kind })),
      places.map((place) => ({ kind: "position", place })),
      places.map((of) => ({ kind: "average", of })),
      price.map((fixed) => ({ kind: "fixed", price: fixed })),
    ),
    step,
    whenAlone: fc.oneof(
      fc.constantFrom("hold", "ceiling").map((kind) => ({ kind })),
      step.map((by) => ({ kind: "climb", by })),
    ),
    whenFirst: fc.constantFrom("hold", "raise"),
    whenBlocked: fc.constantFrom("floor", "next_place", "ceiling", "hold"),
    floorFromCost: fc.boolean(),
    ceilingMarkup: fc.option(percent, { nil: null }),
    maxDrop: percent,
    maxRise: percent,
    freeze: percent,
    intervalMinutes: fc.integer({ min: 1, max: 1440 }),
    minReviews: fc.constantFrom(null, 5),
  },
  { requiredKeys: [] },
);

/** Names and notes of goods, formulas and what Excel makes its own of. */
const note = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      "=1+1",
      "'=1+1",
      "-",
      "—",
      "очистить",
      "+7 701",
      "@me",
      "a\nb",
      '"люкс"',
      "a;b,c",
    ),
    fc.constantFrom("12,5", "1.5", "01.02", "TRUE", "  two  blanks ", "x".repeat(500), "'quoted'"),
  )
  .map((text) => storable(text).trim().slice(0, 500) || null);

const money = fc.option(price.map(tenge), { nil: null });
const expense = fc.option(fc.integer({ min: 0, max: 1_000_000 }).map(tenge), { nil: null });
const settings = fc.record({
  floor: money,
  ceiling: money,
  botEnabled: fc.boolean(),
  note,
  rule,
  stock: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null }),
  costs: fc.record({
    cost: fc.option(price.map(tenge), { nil: null }),
    packaging: expense,
    other: expense,
    returns: expense,
    weightGrams: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: null }),
    minProfit: expense,
    minMargin: fc.option(fc.integer({ min: 0, max: 9_900 }), { nil: null }),
    delivery: fc.constantFrom("city", null),
  }),
});
type Settings = typeof settings extends fc.Arbitrary<infer Value> ? Value : never;

/** As if somebody had set all of it, and nothing else was ever set. */
async function set(all: readonly Settings[]): Promise<void> {
  await db.delete(productCosts);
  await db.delete(productStocks);
  const now = clock();
  for (const [nth, { stock, costs, ...fields }] of all.entries()) {
    const one = goods[nth];
    if (!one) continue;
    const { productId, storeId, merchantUid } = one;
    const stored = { ...fields, rule: ruleOverrideSchema.parse(fields.rule) };
    await db.update(products).set(stored).where(eq(products.id, productId));
    const by = { userId: owner.id, source: "page" as const };
    await saveCosts(db, [{ productId, costs: { ...noCosts, ...costs } }], by, now);
    const point = { productId, storeId, pointId: `${merchantUid}_PP1`, count: stock };
    await saveStocks(db, [point], owner.id, now);
  }
}

const several = fc.array(settings, { minLength: 8, maxLength: 8 });

describe("a table that comes back as it left", () => {
  test("changes nothing, whatever is set, as whichever file and in whichever language", async () => {
    await fc.assert(
      fc.asyncProperty(
        several,
        fc.constantFrom(...fileFormats),
        fc.constantFrom(...locales),
        async (all, format, locale) => {
          await set(all);
          const { seen, counts, errors } = await lookedAt(
            office,
            await takeProducts(office, { format, locale }),
          );
          expect(errors).toEqual([]);
          expect(counts).toMatchObject({ change: 0, conflict: 0, error: 0 });
          expect(seen.kind).toBe("export");
        },
      ),
      { numRuns: 25 },
    );
  });

  test("changes nothing after another program has saved it", async () => {
    await fc.assert(
      fc.asyncProperty(several, async (all) => {
        await set(all);
        const file = await edited(await takeProducts(office), {});
        const { counts, errors } = await lookedAt(office, file);
        expect(errors).toEqual([]);
        expect(counts).toMatchObject({ change: 0, conflict: 0 });
      }),
      { numRuns: 8 },
    );
  });
});

/** What somebody makes of a cell: nothing, or another value. */
const small = fc.integer({ min: 10, max: 900_000 }).map(tenge);
const touch = fc.option(small, { nil: undefined });
const edits = fc.array(
  fc.record({
    theirs: fc.record({ floor: touch, ceiling: touch, stock: touch }),
    ours: fc.record({ floor: touch, ceiling: touch, stock: touch }),
    base: fc.record({ floor: money, ceiling: money, stock: fc.option(small, { nil: null }) }),
  }),
  { minLength: 8, maxLength: 8 },
);
type Edited = typeof edits extends fc.Arbitrary<(infer One)[]> ? One : never;
const fields = ["floor", "ceiling", "stock"] as const;

describe("a table that both sides have changed", () => {
  test("is merged cell by cell: each side keeps what only it has changed", async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (all) => {
        const nothing = { botEnabled: false, note: null, rule: {}, costs: noCosts };
        const nowOf = ({ base, ours }: Edited) =>
          Object.fromEntries(fields.map((field) => [field, ours[field] ?? base[field]]));
        await set(all.map(({ base }) => ({ ...nothing, ...base }) as Settings));
        const taken = await takeProducts(office);
        await set(all.map((one) => ({ ...nothing, ...nowOf(one) }) as Settings));
        const changes = all.map((one, nth) => [goods[nth]?.sku ?? "", saidBy(one)]);
        const look = await lookedAt(office, await edited(taken, Object.fromEntries(changes)));
        const cells = [...look.changes, ...look.conflicts, ...look.errors];
        const wanted = new Map(all.flatMap(expected));
        const found = cells.map(({ article, field, kind, before, after }) => {
          const name = `${article} ${field}`;
          // Limits that would cross are errors, and what stands beside them: they were merged all the same.
          return [name, [kind === "error" ? wanted.get(name)?.[0] : kind, before, after]] as const;
        });
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
      }),
      { numRuns: 12 },
    );
  });

  test("by the rule of three ways", () => {
    const value = fc.constantFrom(null, 1, 2, "x", { unit: "tenge", value: 1 });
    fc.assert(
      fc.property(value, value, value, (base, theirs, ours) => {
        const merged = mergeCell({ base, theirs, ours });
        if (isSame(theirs, ours)) expect(merged).toBe("same");
        else if (isSame(theirs, base)) expect(merged).toBe("same");
        else if (isSame(ours, base)) expect(merged).toBe("change");
        else expect(merged).toBe("conflict");
        expect(mergeCell({ base: undefined, theirs, ours })).toBe(
          isSame(theirs, ours) ? "same" : "change",
        );
      }),
    );
  });
});

/** The cells of a product that are not as they were, and what is to come of them. */
function expected({ base, theirs, ours }: Edited, nth: number) {
  return fields.flatMap((field) => {
    const here = ours[field] ?? base[field];
    const there = theirs[field] ?? base[field];
    const merged = mergedBySides(base[field], there, here);
    const name = `${goods[nth]?.sku} ${columnOf(field)}`;
    return merged === "same" ? [] : [[name, [merged, here, there]] as const];
  });
}

const columnOf = (field: (typeof fields)[number]) => (field === "stock" ? "stock:PP1" : field);

const saidBy = ({ theirs }: Edited) =>
  Object.fromEntries(
    fields.flatMap((field) =>
      theirs[field] === undefined ? [] : [[columnOf(field), theirs[field]]],
    ),
  );

function mergedBySides(base: unknown, there: unknown, here: unknown) {
  if (there === here || there === base) return "same";
  return here === base ? "change" : "conflict";
}
