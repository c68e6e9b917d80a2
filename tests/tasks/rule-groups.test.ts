import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { tenge } from "@/lib/core/money";
import { HOUR, MINUTE } from "@/lib/core/time";
import { decisions } from "@/lib/db/schema/repricing";
import { notices } from "@/lib/db/schema/workspace";
import { dismissNotice } from "@/lib/notices/queries";
import { addRule, removeRule } from "@/lib/tasks/change-rule";
import { completeTask } from "@/lib/tasks/finish-task";
import { followNotices } from "@/lib/tasks/follow-notices";
import { listTasks } from "@/lib/tasks/list-queries";
import type { TaskRow } from "@/lib/tasks/model";
import { listRules } from "@/lib/tasks/rule-queries";
import { raiseShopNews } from "@/lib/telling/raise-shop-news";
import { taskOffice } from "../support/tasks";

const office = await taskOffice();
const { db, access } = office;

const CITIES = ["750000000", "710000000", "511010000"];

let owner: Caller;
let store: string;
let ruleId: string;
let seq: number;

beforeEach(async () => {
  await office.anew();
  seq = 0;
  owner = await office.person("Хозяин", { role: "owner" });
  const categoryId = await office.list(owner);
  store = await stored(
    `insert into stores (user_id, merchant_id, name) values ('${owner.id}', '1', 'Лавка') returning id`,
  );
  ruleId = await addRule(access, owner, {
    ...{ noticeKind: "price_frozen", storeId: null, categoryId, personId: owner.id },
    ...{ priority: "normal", dueMinutes: 120 },
  });
  office.advance(MINUTE);
});

async function stored(statement: string): Promise<string> {
  const [row] = await db.execute<{ id: string }>(statement);
  return row?.id ?? "";
}

const product = (name: string) =>
  stored(
    `insert into products (store_id, sku, name, on_sale) values ('${store}', '${name}', '${name}', true) returning id`,
  );
const products = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, nth) => product(`Товар ${nth + 1}`)));

/** The bot asks about a price. */
async function freeze(productId: string, cityId = CITIES[0] ?? "") {
  seq += 1;
  const words = { inputs: "{}", inputsHash: "-", previousHash: "-", hash: `${randomUUID()}` };
  await db.insert(decisions).values({
    ...{ storeId: store, productId, cityId, origin: "bot", kind: "change", reason: "follow" },
    ...{ ...words, rulesVersion: 1, seq, state: "frozen", decidedAt: access.clock() },
    ...{ priceBefore: tenge(2_000), price: tenge(1_000) },
  });
}

/** It was answered. */
async function thaw(productIds: string[], cityIds = CITIES) {
  const theirs = and(inArray(decisions.productId, productIds), inArray(decisions.cityId, cityIds));
  await db.update(decisions).set({ state: "refused" }).where(theirs);
}

async function minute() {
  office.advance(MINUTE);
  await raiseShopNews(access);
  return followNotices(access);
}

const all = () => listTasks(db, owner, { order: "created_at" }, { limit: 100, offset: 0 });
const open = async () => (await all()).filter(({ doneAt }) => doneAt === null);
const titles = (tasks: TaskRow[]) => tasks.map(({ title }) => title).sort();

describe("a price that waits in several cities", () => {
  test("is one task, of the product, until it is answered in the last of them", async () => {
    const [kettle = ""] = await products(1);
    for (const city of CITIES.slice(0, 2)) await freeze(kettle, city);
    expect(await minute()).toEqual({ made: 1, closed: 0 });
    expect(await all()).toMatchObject([
      { title: "Ответить о цене: Товар 1, Лавка", productId: kettle, storeId: store },
    ]);
    await freeze(kettle, CITIES[2]);
    expect(await minute()).toEqual({ made: 0, closed: 0 });
    expect(await listRules(db, owner)).toMatchObject([{ made: 1 }]);
    for (const city of CITIES.slice(0, 2)) {
      await thaw([kettle], [city]);
      expect(await minute()).toEqual({ made: 0, closed: 0 });
    }
    await thaw([kettle]);
    expect(await minute()).toEqual({ made: 0, closed: 1 });
  });

  test("stays open while one of them was only put away, and ends with the next of that", async () => {
    const [kettle = ""] = await products(1);
    for (const city of CITIES.slice(0, 2)) await freeze(kettle, city);
    await minute();
    const [away] = await db
      .select({ id: notices.id })
      .from(notices)
      .where(eq(notices.key, `price_frozen:${kettle}:${CITIES[0]}`));
    await dismissNotice(db, owner, away?.id ?? "", access.clock());
    await thaw([kettle], CITIES.slice(1));
    expect(await minute()).toEqual({ made: 0, closed: 0 });
    office.advance(25 * HOUR);
    expect(await minute()).toEqual({ made: 0, closed: 0 });
    await thaw([kettle]);
    expect(await minute()).toEqual({ made: 0, closed: 1 });
  });
});

describe("prices of many products at once", () => {
  test("of five are five tasks, of six one, which leads to the store", async () => {
    const goods = await products(11);
    for (const one of goods.slice(0, 5)) await freeze(one);
    expect((await minute()).made).toBe(5);
    for (const one of goods.slice(5)) await freeze(one);
    expect((await minute()).made).toBe(1);
    const ofMany = (await all()).find(({ productId }) => productId === null);
    expect(ofMany).toMatchObject({ title: "6 цен ждут ответа: Лавка", storeId: store });
    const told = (await office.told()).filter(({ kind }) => kind === "task_assigned");
    expect(told).toHaveLength(6);
  });

  test("end with the last of them, also those that came after, and when the rule is gone", async () => {
    const goods = await products(8);
    for (const one of goods.slice(0, 6)) await freeze(one);
    await minute();
    for (const one of goods.slice(6)) await freeze(one);
    expect(await minute()).toEqual({ made: 0, closed: 0 });
    await removeRule(access, owner, ruleId);
    await thaw(goods.slice(0, 7));
    expect(await minute()).toEqual({ made: 0, closed: 0 });
    await thaw(goods);
    expect(await minute()).toEqual({ made: 0, closed: 1 });
  });

  test("are left to the task that a product has already", async () => {
    const goods = await products(7);
    await freeze(goods[0] ?? "");
    await minute();
    for (const one of goods) await freeze(one, CITIES[1]);
    expect((await minute()).made).toBe(1);
    expect(titles(await open())).toEqual([
      "6 цен ждут ответа: Лавка",
      "Ответить о цене: Товар 1, Лавка",
    ]);
  });

  test("are asked about anew when the task was done and more of them come", async () => {
    const goods = await products(7);
    for (const one of goods.slice(0, 6)) await freeze(one);
    await minute();
    const [task] = await open();
    await completeTask(access, owner, task?.id ?? "");
    expect((await minute()).made).toBe(0);
    await freeze(goods[6] ?? "");
    expect((await minute()).made).toBe(1);
    expect(titles(await open())).toEqual(["Ответить о цене: Товар 7, Лавка"]);
  });

  test("make one task for two workers at a time", async () => {
    for (const one of await products(6)) await freeze(one);
    await raiseShopNews(access);
    await Promise.all([followNotices(access), followNotices(access)]);
    expect(await all()).toHaveLength(1);
  });
});
