import { beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { preorderAddress, preorderFilterSchema } from "@/lib/preorders/address";
import { changePreorder } from "@/lib/preorders/change-preorder";
import { createPreorders, previewPreorders } from "@/lib/preorders/create-preorders";
import { endPreorder } from "@/lib/preorders/end-preorder";
import { exportPreorders } from "@/lib/preorders/export-preorders";
import { pushPreorders } from "@/lib/preorders/push-preorders";
import {
  findPreorder,
  openPreorderOf,
  preorderStats,
  preordersOfRun,
  preordersPage,
} from "@/lib/preorders/queries";
import { shareStore } from "@/lib/stores/share-store";
import { testOffice } from "../support/office";
import { preorderOf } from "../support/preorders";
import { fullShelf } from "../support/shelf";
import { memberWith } from "../support/whole-office";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
const shelf = await fullShelf(office);
const { storeId } = shelf;
const goods = shelf.take();
const everything = preorderAddress.parse({});
const selection = { kind: "ids" as const, ids: [goods.productId] };

let id = "";
let runId = "";
let viewer: Caller;

beforeAll(async () => {
  const viewerId = await memberWith(office, "viewer", []);
  const given = { storeId, email: "viewer@example.kz" };
  await shareStore(db, owner, { ...given, permissions: ["view_store", "view_product"] }, clock());
  const found = await findActiveUser(db, viewerId);
  if (!found) throw new Error("the viewer is gone");
  viewer = found;
  const preorder = preorderOf(office, goods);
  id = await preorder.draft();
  ({ runId } = await preorder.push());
});

/** Whatever may be done to a preorder. */
const acts: Record<string, (caller: Caller) => Promise<unknown>> = {
  change: (caller) => changePreorder(db, caller, { id, confirm: true, leadDays: 3 }, clock()),
  cancel: (caller) => endPreorder(db, caller, { id, how: "cancelled" }, clock()),
  complete: (caller) => endPreorder(db, caller, { id, how: "completed" }, clock()),
  send: (caller) => pushPreorders(db, caller, { storeId, ids: [id], confirm: true }, clock()),
  make: (caller) =>
    createPreorders(
      db,
      caller,
      { selection, storeId, leadDays: 3, price: null, points: [{ pointId: "x", quantity: 1 }] },
      clock(),
    ),
  preview: (caller) => previewPreorders(db, caller, { selection, storeId, price: null }, clock()),
};

describe.each(Object.keys(acts))("%s", (name) => {
  test("is not for somebody else's", async () => {
    await expect(acts[name]?.(stranger)).rejects.toMatchObject({ kind: "not_found" });
  });
  test("is refused to who may only look", async () => {
    await expect(acts[name]?.(viewer)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("what there is", () => {
  test("is seen by who may look, and by nobody else", async () => {
    const seen = async (caller: Caller) => ({
      rows: (await preordersPage(db, caller, everything)).rows.map((row) => row.id),
      total: (await preordersPage(db, caller, everything)).total,
      sent: (await preorderStats(db, caller, undefined)).sent,
      ofRun: (await preordersOfRun(db, caller, runId)).length,
      ofProduct: (await openPreorderOf(db, caller, goods.productId))?.id ?? null,
    });
    const all = { rows: [id], total: 1, sent: 1, ofRun: 1, ofProduct: id };
    expect(await seen(owner)).toEqual(all);
    expect(await seen(viewer)).toEqual(all);
    expect(await seen(stranger)).toEqual({
      rows: [],
      total: 0,
      sent: 0,
      ofRun: 0,
      ofProduct: null,
    });
    await expect(findPreorder(db, stranger, id)).rejects.toMatchObject({ kind: "not_found" });
    expect(await findPreorder(db, viewer, id)).toMatchObject({ mayChange: false });
  });

  test("is a file for who may look", async () => {
    const filter = { ...preorderFilterSchema.parse({}), store: storeId };
    const taken = (caller: Caller) => exportPreorders(db, caller, filter, clock());
    await (await taken(viewer)).cancel();
    await expect(taken(stranger)).rejects.toMatchObject({ kind: "not_found" });
  });
});
