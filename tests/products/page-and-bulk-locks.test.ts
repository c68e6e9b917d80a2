import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { storePage } from "@/lib/products/sync-queries";
import { selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { changeBatch, changeMany } from "@/lib/repricing/bulk/change-many";
import { requestSync } from "@/lib/sync/request-sync";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;

it("a page of a sync and a bulk change over the same products do not wait for each other for ever", async () => {
  const { storeId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [store] = await db.select().from(stores);
  const rows = (await db.select().from(products)).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const selection = selectionSchema.parse({ kind: "filter", choice: {}, except: [] });
  const change = { kind: "floor", to: { unit: "tenge", value: tenge(1000) } } as const;
  const bulk = await changeMany(db, owner, { selection, change, confirm: true }, clock());
  const runId = await requestSync(db, storeId, null);
  const middle = rows[25]?.id ?? "";
  const held = await hold(db, (tx) =>
    tx.update(products).set({ note: "x" }).where(eq(products.id, middle)),
  );
  const batch = changeBatch(db, bulk, clock());
  await waiting(db, 1);
  const page = rows.map((row) => ({ ...row, price: tenge((row.price ?? 0) + 1) }));
  const walk = { storeId, runId, mainCityId: store?.mainCityId ?? "" };
  const sync = db.transaction((tx) => storePage(tx, walk, page, clock()));
  const both = Promise.allSettled([batch, sync]);
  await waiting(db, 2);
  await held.release();
  const ends = (await both).map((end) =>
    end.status === "rejected" ? String((end.reason as Error & { cause?: unknown }).cause) : "done",
  );
  expect(ends).toEqual(["done", "done"]);
});
