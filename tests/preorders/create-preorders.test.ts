import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { preorders } from "@/lib/db/schema/preorders";
import { products } from "@/lib/db/schema/products";
import { runs } from "@/lib/db/schema/workspace";
import { changePreorder } from "@/lib/preorders/change-preorder";
import { openPoints } from "@/lib/preorders/change-queries";
import {
  createPreorder,
  createPreorders,
  previewPreorders,
} from "@/lib/preorders/create-preorders";
import { endPreorder } from "@/lib/preorders/end-preorder";
import { newPreordersForm, preorderForm } from "@/lib/preorders/form-model";
import { pushNamed, pushPreorders } from "@/lib/preorders/push-preorders";
import { testOffice } from "../support/office";
import { preorderOf } from "../support/preorders";
import { fullShelf } from "../support/shelf";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
const shelf = await fullShelf(office);
const { storeId, merchantUid } = shelf;
const points = [{ pointId: `${merchantUid}_PP1`, quantity: 4 }];
const other = await connectedStore(office, { email: "two@duken.kz", password: "two-kaspi" });
await syncNow(office, other.storeId);

beforeEach(async () => {
  await db.delete(preorders);
});

const take = (count: number) => Array.from({ length: count }, () => shelf.take());
const ids = (goods: { productId: string }[]) => ({
  kind: "ids" as const,
  ids: goods.map(({ productId }) => productId),
});
const terms = { storeId, leadDays: 5, points, price: null };

describe("several at once", () => {
  test("get one draft each; those that have one are left out, and the preview says so before", async () => {
    const goods = take(3);
    const [first] = goods;
    if (!first) throw new Error("no goods");
    await preorderOf(office, first).draft();
    const asked = { selection: ids(goods), storeId: null, price: null };
    const preview = await previewPreorders(db, owner, asked, clock());
    expect(preview).toMatchObject({ storeId, makes: 2, left: [{ why: "has_open", count: 1 }] });
    expect(preview.points).toMatchObject([{ pointId: `${merchantUid}_PP1`, label: "PP1" }]);
    const made = await createPreorders(db, owner, { ...terms, selection: ids(goods) }, clock());
    expect(made).toHaveLength(2);
    expect(await db.$count(preorders)).toBe(3);
  });

  test("of another store are left out", async () => {
    const mine = take(1);
    const filter = { kind: "filter" as const, except: [] };
    const choice = { store: other.storeId, q: "", filter: "all" as const };
    const theirs = { selection: { ...filter, choice }, storeId, price: null };
    const preview = await previewPreorders(db, owner, theirs, clock());
    expect(preview.makes).toBe(0);
    expect(preview.left).toMatchObject([{ why: "other_store" }]);
    await expect(
      createPreorders(db, owner, { ...terms, selection: theirs.selection }, clock()),
    ).rejects.toMatchObject({ key: "preorders_none_left" });
    expect(
      await createPreorders(db, owner, { ...terms, selection: ids(mine) }, clock()),
    ).toHaveLength(1);
  });

  test("at the same moment one product gets one", async () => {
    const [goods] = take(1);
    if (!goods) throw new Error("no goods");
    const make = () => preorderOf(office, goods).draft();
    const all = await Promise.allSettled([make(), make(), make()]);
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.$count(preorders)).toBe(1);
    for (const one of all)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ kind: "conflict", key: "preorder_exists" });
  });

  test("are sent together in one run, and a second request joins it", async () => {
    const goods = take(2);
    await createPreorders(db, owner, { ...terms, selection: ids(goods) }, clock());
    const [pushed] = await pushNamed(
      db,
      owner,
      { ids: (await db.select().from(preorders)).map(({ id }) => id), confirm: false },
      clock(),
    );
    expect(pushed).toMatchObject({ asked: 2, refused: [] });
    await expect(
      pushPreorders(db, owner, { storeId, ids: null, confirm: false }, clock()),
    ).rejects.toMatchObject({ key: "preorders_nothing_to_send" });
    const [more] = take(1);
    if (!more) throw new Error("no goods");
    await preorderOf(office, more).draft();
    const next = await pushPreorders(db, owner, { storeId, ids: null, confirm: false }, clock());
    expect(next.runId).toBe(pushed?.runId);
    const [run] = await db.select().from(runs).orderBy(runs.createdAt).limit(100);
    expect(run).toBeDefined();
  });

  test("more than go at once are counted, and those refused before come last", async () => {
    const goods = take(3);
    await createPreorders(db, owner, { ...terms, selection: ids(goods) }, clock());
    const [refused] = goods;
    if (!refused) throw new Error("no goods");
    const isRefused = eq(preorders.productId, refused.productId);
    await db.update(preorders).set({ why: "below_floor" }).where(isRefused);
    const asked = { storeId, ids: null, confirm: false };
    const pushed = await pushPreorders(db, owner, asked, clock(), 2);
    expect(pushed).toMatchObject({ asked: 2, left: 1 });
    const [row] = await db.select().from(preorders).where(isRefused);
    expect(row).toMatchObject({ why: "below_floor", wantedAt: null });
  });

  test("of several stores are sent where there is something to send", async () => {
    const goods = take(1);
    const [mine] = await createPreorders(db, owner, { ...terms, selection: ids(goods) }, clock());
    await pushPreorders(db, owner, { storeId, ids: null, confirm: false }, clock());
    const [product] = await db
      .select()
      .from(products)
      .where(and(eq(products.storeId, other.storeId), eq(products.onSale, true)))
      .limit(1);
    if (!product || !mine) throw new Error("no goods");
    const theirs = { storeId: other.storeId, productId: product.id, leadDays: 5, price: null };
    const [point] = await openPoints(db, other.storeId);
    const points = [{ pointId: point?.pointId ?? "", quantity: 1 }];
    const id = await createPreorder(db, owner, { ...theirs, points }, clock());
    const pushed = await pushNamed(db, owner, { ids: [mine, id], confirm: true }, clock());
    expect(pushed).toMatchObject([{ asked: 1 }]);
    await expect(
      pushNamed(db, owner, { ids: [mine, id], confirm: true }, clock()),
    ).rejects.toMatchObject({ key: "preorders_nothing_to_send" });
  });

  test("after one has ended a product may have the next", async () => {
    const [goods] = take(1);
    if (!goods) throw new Error("no goods");
    const preorder = preorderOf(office, goods);
    const id = await preorder.draft();
    await endPreorder(db, owner, { id, how: "cancelled" }, clock());
    await expect(endPreorder(db, owner, { id, how: "cancelled" }, clock())).rejects.toMatchObject({
      ...{ kind: "conflict", key: "preorder_over" },
    });
    await expect(
      changePreorder(db, owner, { id, confirm: false, leadDays: 2 }, clock()),
    ).rejects.toMatchObject({ key: "preorder_over" });
    await preorder.draft();
    expect(await db.$count(preorders)).toBe(2);
  });
});

describe("what a person types", () => {
  const form = {
    ...{ selection: { kind: "ids", ids: [crypto.randomUUID()] }, storeId: crypto.randomUUID() },
    ...{
      price: null,
      leadDays: "7",
      points: [{ pointId: "1_PP1", quantity: "1 200" }],
      send: true,
    },
  };
  const problems = (change: object) =>
    (newPreordersForm.safeParse({ ...form, ...change }).error?.issues ?? []).map(
      ({ message }) => message,
    );

  test("is understood with spaces, and an empty point takes no part", () => {
    const given = [...form.points, { pointId: "1_PP2", quantity: "" }];
    expect(newPreordersForm.parse({ ...form, points: given })).toMatchObject({
      leadDays: 7,
      points: [{ quantity: 1_200 }, { quantity: 0 }],
    });
  });

  test.each([
    ["days that are no number", { leadDays: "скоро" }, "not_lead_days"],
    ["no days", { leadDays: "" }, "not_lead_days"],
    ["more days than Kaspi takes", { leadDays: "31" }, "not_lead_days"],
    ["pieces that are no number", { points: [{ pointId: "x", quantity: "-1" }] }, "not_a_quantity"],
    ["no pieces at all", { points: [{ pointId: "x", quantity: "" }] }, "preorder_no_points"],
    ["a price that is none", { price: "дорого" }, "not_a_number"],
  ])("%s is named", (_title, change, key) => {
    expect(problems(change)).toContain(key);
  });

  test("an edit without a price leaves it", () => {
    const { storeId: _store, selection: _chosen, send: _send, ...rest } = form;
    const given = { ...rest, preorderId: crypto.randomUUID() };
    expect(preorderForm.parse(given)).toMatchObject({ price: null, confirm: false });
  });
});
