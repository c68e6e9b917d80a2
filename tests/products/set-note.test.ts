import { beforeAll, describe, expect, it } from "vitest";
import { auditLog } from "@/lib/db/schema/workspace";
import { findProduct } from "@/lib/products/queries";
import { setProductNote } from "@/lib/products/set-note";
import { setStoreNote } from "@/lib/stores/change-queries";
import { noteField } from "@/lib/stores/model";
import { storePage } from "@/lib/stores/page-queries";
import { goodsOnSale } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
let storeId = "";
let productId = "";

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  const [goods] = await goodsOnSale(office, storeId, store.merchantId);
  productId = goods?.productId ?? "";
});

const changes = () =>
  db.select({ action: auditLog.action, details: auditLog.details }).from(auditLog);

describe("a note", () => {
  it("of a product is kept through a sync, with who wrote it in the audit", async () => {
    const note = "Закупка у Айгерим, 12 штук в пути";
    await setProductNote(db, owner, { productId, note }, clock());
    await syncNow(office, storeId);
    expect((await findProduct(db, owner, productId)).note).toBe(note);
    await setProductNote(db, owner, { productId, note: null }, clock());
    expect((await findProduct(db, owner, productId)).note).toBeNull();
    expect(await changes()).toContainEqual({
      action: "product.note_changed",
      details: { from: note, to: null },
    });
  });

  it("of a store stands on its page", async () => {
    await setStoreNote(db, owner, { storeId, note: "Склад на Абая" }, clock());
    expect((await storePage(db, owner, storeId, clock())).note).toBe("Склад на Абая");
    expect(await changes()).toContainEqual({
      action: "store.note_changed",
      details: { from: null, to: "Склад на Абая" },
    });
  });

  it.each([
    ["  два слова\n", "два слова"],
    ["\0", null],
    ["", null],
    ["н".repeat(500), "н".repeat(500)],
  ])("typed as %j is %j", (typed, kept) => {
    expect(noteField.parse(typed)).toBe(kept);
  });

  it("of more than 500 characters is refused in words", () => {
    const { error } = noteField.safeParse("н".repeat(501));
    expect(error?.issues.map(({ message }) => message)).toEqual(["note_long"]);
  });
});
