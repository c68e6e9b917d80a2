import { beforeEach, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import { budgetEntries } from "@/lib/db/schema/repricing";
import { notices } from "@/lib/db/schema/workspace";
import { translator } from "@/lib/i18n/translator";
import { changePreorder } from "@/lib/preorders/change-preorder";
import { endPreorder } from "@/lib/preorders/end-preorder";
import { lookForPreorders } from "@/lib/preorders/look-store";
import { runAnswer } from "@/lib/runs/run-answer";
import type { Handle } from "../support/goods";
import { testOffice } from "../support/office";
import { preorderOf } from "../support/preorders";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const shelf = await fullShelf(office, { email: "demo@duken.kz", password: "demo-kaspi" });
const point = (code: string) => `${shelf.merchantUid}_${code}`;
const pieces = (code: string) => ({ pointId: point(code), quantity: 4 });

let goods: Handle;
let preorder: ReturnType<typeof preorderOf>;

beforeEach(() => {
  twin.clearFaults();
  goods = shelf.take();
  preorder = preorderOf(office, goods);
  plain();
});

/** On sale at three points, stock not counted, one price for all cities. */
function plain(counts: Record<string, number | null> = {}) {
  const points = ["PP1", "PP2", "PP3"].map((code) => ({
    pointId: point(code),
    available: code !== "PP3",
    stockCount: counts[code] ?? null,
    preOrder: null,
  }));
  const { merchantUid, sku } = goods;
  twin.changeOffer({ merchantUid, sku, points });
}

const status = async () => (await preorder.row()).status;
const end = async (how: "cancelled" | "completed") =>
  endPreorder(db, owner, { id: (await preorder.row()).id, how }, clock());

test("a draft is sent, applied, seen and active; prices and other points stay as they are", async () => {
  const { prices } = goods.truth();
  await preorder.draft({ leadDays: 9, points: [{ pointId: point("PP3"), quantity: 4 }] });
  expect(await status()).toBe("draft");
  const { runId } = await preorder.push();
  expect(await status()).toBe("sent");
  await preorder.send();
  await preorder.look();
  expect(await preorder.row()).toMatchObject({ status: "active", why: null, sendingAt: null });
  expect(preorder.days()).toEqual({ PP1: 0, PP2: 0, PP3: 9 });
  expect(goods.truth().prices).toEqual(prices);
  expect(preorder.sent()).toHaveLength(1);
  const run = await runAnswer(db, owner, runId, translator("ru"));
  expect(run).toMatchObject({ kind: "preorders", status: "finished", done: 1, total: 1 });
});

test("cancelled, everything is as it was", async () => {
  plain({ PP1: 3 });
  const before = goods.truth();
  await preorder.activate({ points: [{ pointId: point("PP3"), quantity: 4 }] });
  await end("cancelled");
  expect(await status()).toBe("active");
  await preorder.send();
  await preorder.look();
  expect(await preorder.row()).toMatchObject({ status: "cancelled", ending: null });
  expect(preorder.days()).toEqual({ PP1: 0, PP2: 0, PP3: "shut" });
  expect(goods.truth()).toMatchObject({ onSale: true, prices: before.prices });
  expect(goods.truth().points?.[0]?.stockCount).toBe(3);
});

test("buyers are told of the days at once, where the point is theirs", async () => {
  await preorder.activate({ leadDays: 9, points: ["PP1", "PP3"].map(pieces) });
  const { cardId, cityId } = goods;
  const own = twin.market({ cardId, cityId }).find((one) => one.merchantId === shelf.merchantUid);
  expect(own?.preorder).toBe(9);
});

test("when the goods have come their days are cleared and they stay on sale", async () => {
  await preorder.activate({ points: [{ pointId: point("PP3"), quantity: 4 }] });
  await end("completed");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("completed");
  expect(preorder.days()).toEqual({ PP1: 0, PP2: 0, PP3: 0 });
});

test("goods off sale come on sale with the preorder's price, and off sale again", async () => {
  const { merchantUid, sku } = goods;
  twin.removeOffer({ merchantUid, sku });
  await preorder.activate({ price: 4_200, points: [{ pointId: point("PP2"), quantity: 1 }] });
  expect(await status()).toBe("active");
  expect(goods.truth()).toMatchObject({ onSale: true, price: 4_200 });
  expect(preorder.days()).toEqual({ PP2: 7 });
  expect((await goods.product()).onSale).toBe(true);
  await end("cancelled");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("cancelled");
  expect(goods.truth().onSale).toBe(false);
});

test("a point somebody opens meanwhile is not shut by cancelling goods that were off sale", async () => {
  const { merchantUid, sku } = goods;
  twin.removeOffer({ merchantUid, sku });
  await preorder.activate({ price: 4_200, points: [{ pointId: point("PP2"), quantity: 1 }] });
  const opened = ["PP1", "PP2"].map((code) => ({ pointId: point(code), available: true }));
  twin.changeOffer({ merchantUid, sku, points: opened });
  await end("cancelled");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("cancelled");
  expect(preorder.days()).toMatchObject({ PP1: 0, PP2: "shut" });
  expect(goods.truth().onSale).toBe(true);
});

test("goods that are sold out meanwhile are not put on sale by cancelling", async () => {
  plain({ PP1: 3, PP2: 2 });
  await preorder.activate({ points: ["PP1", "PP2"].map(pieces) });
  plain({ PP1: 0, PP2: 0 });
  await end("cancelled");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("cancelled");
  expect(goods.truth().onSale).toBe(false);
});

test("days Kaspi showed before are the preorder's all the same, and go when the goods have come", async () => {
  const { merchantUid, sku } = goods;
  const points = [{ pointId: point("PP1"), available: true, preOrder: 7 }];
  twin.changeOffer({ merchantUid, sku, points });
  await preorder.activate({ points: [pieces("PP1")] });
  expect(preorder.sent()).toEqual([]);
  await end("completed");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("completed");
  expect(preorder.days()).toMatchObject({ PP1: 0 });
});

test("a draft that was never sent closes at once, without a write", async () => {
  await preorder.draft();
  await end("cancelled");
  expect(await status()).toBe("cancelled");
  await preorder.send();
  expect(goods.writes()).toEqual([]);
});

test("an active one goes out again when it is changed, and a point it leaves is put back", async () => {
  const id = await preorder.activate({ points: [{ pointId: point("PP3"), quantity: 4 }] });
  const points = [{ pointId: point("PP1"), quantity: 2 }];
  await changePreorder(db, owner, { id, confirm: false, leadDays: 12, points }, clock());
  expect(await status()).toBe("sent");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("active");
  expect(preorder.days()).toEqual({ PP1: 12, PP2: 0, PP3: "shut" });
});

test("what is changed while its write is under way waits for it, and then goes out", async () => {
  const id = await preorder.draft({ leadDays: 5 });
  await preorder.push();
  await preorder.send();
  await changePreorder(db, owner, { id, confirm: false, leadDays: 6 }, clock());
  await preorder.send();
  expect(preorder.sent()).toHaveLength(1);
  await preorder.look();
  expect(await status()).toBe("sent");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("active");
  expect(preorder.days()).toMatchObject({ PP1: 6 });
});

test("what Kaspi shows already is not written again", async () => {
  await preorder.activate({ leadDays: 5 });
  const entries = await db.$count(budgetEntries);
  const { id } = await preorder.row();
  await changePreorder(db, owner, { id, confirm: false, leadDays: 5 }, clock());
  await preorder.send();
  expect(await status()).toBe("active");
  expect(preorder.sent()).toHaveLength(1);
  expect(await db.$count(budgetEntries)).toBe(entries);
});

test("not shown within a day its owner is told once, and no more when it comes to be shown", async () => {
  twin.setFault({ name: "write_lost" });
  await preorder.draft();
  await preorder.push();
  await preorder.send();
  await preorder.look(HOUR + MINUTE);
  expect(await preorder.row()).toMatchObject({ status: "sent", why: "not_shown", sendingAt: null });
  for (let hours = 0; hours < 30; hours += 1) await preorder.look(HOUR);
  const told = () => db.select().from(notices);
  const about = async () =>
    (await told()).filter(({ key }) => key.startsWith("preorder_not_shown"));
  const { productId: product_id } = goods;
  expect(await about()).toMatchObject([{ resolvedAt: null, params: { product_id } }]);
  twin.clearFaults();
  const { merchantUid, sku } = goods;
  const points = [{ pointId: point("PP1"), available: true, preOrder: 7 }];
  twin.changeOffer({ merchantUid, sku, points });
  await preorder.look(DAY);
  expect(await status()).toBe("active");
  expect((await about()).filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
});

test("an ending Kaspi does not carry out is told, until it has ended", async () => {
  await preorder.activate();
  await end("cancelled");
  twin.setFault({ name: "write_lost" });
  await preorder.send();
  await preorder.look(HOUR + MINUTE);
  expect(await preorder.row()).toMatchObject({ ending: null, why: "not_put_back" });
  const { id } = await preorder.row();
  const open = async () =>
    (await db.select().from(notices)).filter(
      ({ key, resolvedAt }) => key.includes(id) && resolvedAt === null,
    );
  const told = [{ key: expect.stringContaining("preorder_not_put_back") }];
  expect(await open()).toMatchObject(told);
  twin.clearFaults();
  await end("cancelled");
  await preorder.send();
  await preorder.look();
  expect(await status()).toBe("cancelled");
  expect(await open()).toEqual([]);
});

test("only what is due is looked for", async () => {
  await preorder.draft();
  await preorder.push();
  await preorder.send();
  expect(await lookForPreorders(access, shelf.storeId)).toMatchObject({ read: 0 });
});
