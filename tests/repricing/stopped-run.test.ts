import { asc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, ledgerHeads } from "@/lib/db/schema/repricing";
import { repriceAll, repriceDue } from "@/lib/repricing/reprice-store";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const demoShop = { email: "demo@duken.kz", password: "demo-kaspi" };
const office = await testOffice();
const { access } = office;
const { db } = access;
let storeId = "";
let bots = 0;

beforeAll(async () => {
  storeId = (await connectedStore(office, demoShop)).storeId;
  await syncNow(office, storeId);
  const on = await db
    .update(products)
    .set({ botEnabled: true, floor: products.price })
    .where(eq(products.onSale, true))
    .returning({ id: products.id });
  bots = on.length;
});

beforeEach(async () => {
  await db.delete(decisions);
  await db.delete(ledgerHeads);
  await db.update(productCities).set({ lastDecisionId: null, nextCheckAt: access.clock() });
});

const ledger = () =>
  db
    .select({ productId: decisions.productId, seq: decisions.seq })
    .from(decisions)
    .where(eq(decisions.storeId, storeId))
    .orderBy(asc(decisions.seq));

test("a run stopped in the middle keeps what it saved, and the next one does the rest once", async () => {
  const stop = new AbortController();
  const stopped = repriceAll(access, storeId, {
    trigger: "command",
    signal: stop.signal,
    onSaved: () => stop.abort(new Error("shutting down")),
  });
  await expect(stopped).rejects.toThrow("shutting down");
  const before = (await ledger()).length;
  expect(before).toBeGreaterThanOrEqual(40);
  expect(before).toBeLessThan(bots);

  let checked = 0;
  for (let counts = await next(); counts; counts = await next()) checked += counts.checked;
  expect(checked).toBe(bots - before);
  const after = await ledger();
  expect(after.map(({ seq }) => seq)).toEqual(after.map((_, nth) => nth + 1));
  expect(new Set(after.map(({ productId }) => productId)).size).toBe(bots);
  expect(after).toHaveLength(bots);
});

const next = () => repriceDue(access, storeId, { trigger: "schedule" });

test("a run over all products looks at each once, not one twice", async () => {
  const looked: string[] = [];
  const counts = await repriceAll(access, storeId, {
    trigger: "command",
    onSaved: (checks) => looked.push(...checks.map(({ subject }) => subject.productId)),
  });
  expect(counts?.checked).toBe(bots);
  expect(new Set(looked).size).toBe(looked.length);
});
