import { inArray } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { KaspiAccount } from "@/lib/accounts/queries";
import { markNeedsReauth } from "@/lib/accounts/standing-queries";
import type { Caller } from "@/lib/auth/model";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import { kaspiAccounts, kaspiLogins, stores as storesTable } from "@/lib/db/schema/kaspi";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import { dismissAll } from "@/lib/notices/page-queries";
import { dismissNotice, raiseNotice, resolveNotice, resolveOld } from "@/lib/notices/queries";
import { tellOfLow } from "@/lib/reviews/tell-low";
import { addRule, removeRule, setRule } from "@/lib/tasks/change-rule";
import { commentTask } from "@/lib/tasks/comment-task";
import { removeTask } from "@/lib/tasks/delete-task";
import { listChanges } from "@/lib/tasks/detail-queries";
import { completeTask, reopenTask } from "@/lib/tasks/finish-task";
import { followNotices } from "@/lib/tasks/follow-notices";
import { listTasks } from "@/lib/tasks/list-queries";
import { changeCategory } from "@/lib/tasks/manage-categories";
import type { NewRule } from "@/lib/tasks/rule-model";
import { listRules } from "@/lib/tasks/rule-queries";
import { taskOffice } from "../support/tasks";

const office = await taskOffice();
const { db, access } = office;

let owner: Caller;
let doer: Caller;
let list: string;
let store: string;

beforeEach(async () => {
  await office.anew();
  owner = await office.person("Хозяин", { role: "owner" });
  doer = await office.person("Делает");
  list = await office.list(owner);
  store = await storeOf(owner, "Лавка");
});

async function storeOf({ id }: Caller, name: string): Promise<string> {
  const [row] = await db.execute<{ id: string }>(
    `insert into stores (user_id, merchant_id, name) values ('${id}', '${Math.floor(Math.random() * 1e8)}', '${name}') returning id`,
  );
  return row?.id ?? "";
}

const rule = (given: Partial<NewRule> = {}, caller = owner) =>
  addRule(access, caller, {
    ...{ noticeKind: "low_review", storeId: null, categoryId: list, personId: doer.id },
    ...{ priority: "high", dueMinutes: 120, ...given },
  });

const raise = (about = store) =>
  raiseNotice(db, {
    ...{ kind: "low_review", about, severity: "warning", storeId: about },
    ...{ params: { count: 2, of: about }, renewedAt: access.clock() },
  });

/** A login that opens these stores. */
async function login(stores: string[]): Promise<KaspiAccount> {
  const name = `login-${stores[0]}@example.kz`;
  await db.insert(kaspiLogins).values({ login: name });
  const row = { userId: owner.id, login: name, session: "valid" as const };
  const [account] = await db.insert(kaspiAccounts).values(row).returning();
  if (!account) throw new Error("the login was not made");
  const theirs = inArray(storesTable.id, stores);
  await db.update(storesTable).set({ accountId: account.id }).where(theirs);
  return account;
}

const made = (caller = owner) => listTasks(db, caller, {}, { limit: 50, offset: 0 });

describe("a notice that a rule waits for", () => {
  test("makes a task once, for its person, with the deadline and the store", async () => {
    await rule();
    office.advance(MINUTE);
    await raise();
    const at = access.clock();
    office.advance(MINUTE);
    expect(await followNotices(access)).toEqual({ made: 1, closed: 0 });
    expect(await followNotices(access)).toEqual({ made: 0, closed: 0 });
    expect(await made()).toMatchObject([
      {
        ...{ title: "Ответить на плохой отзыв: Лавка", priority: "high", storeId: store },
        ...{ dueAt: later(at, 120 * MINUTE), assignees: [{ name: "Делает" }], createdBy: null },
      },
    ]);
    const told = (await office.told()).filter(({ kind }) => kind === "task_assigned");
    expect(told).toMatchObject([{ userId: doer.id, params: { by: "Правило" } }]);
  });

  test("is in the words of whose rule it is", async () => {
    const english = await office.person("English", { role: "owner", locale: "en" });
    await rule({ categoryId: await office.list(english) }, english);
    await raise();
    await followNotices(access);
    expect((await made(english))[0]?.title).toBe("Answer a bad review: Лавка");
  });

  test("makes one task for two workers at a time", async () => {
    await rule();
    await raise();
    const both = await Promise.all([followNotices(access), followNotices(access)]);
    expect(both.reduce((sum, one) => sum + one.made, 0)).toBe(1);
  });

  test.each([
    ["was there before the rule", {}, -HOUR],
    ["is of another kind", { noticeKind: "needs_reauth" as const }, 0],
  ])("%s: nothing is made", async (_what, given, ago) => {
    await rule(given);
    office.advance(ago);
    await raise();
    expect((await followNotices(access)).made).toBe(0);
  });

  test("is of another store: nothing is made", async () => {
    await rule({ storeId: store });
    await raise(await storeOf(owner, "Другая"));
    expect((await followNotices(access)).made).toBe(0);
    await raise();
    expect((await followNotices(access)).made).toBe(1);
  });

  test("of a login makes one for its store, by the login's name, with the store", async () => {
    const other = await storeOf(owner, "Другая");
    const account = await login([store]);
    await rule({ noticeKind: "needs_reauth", storeId: other });
    await markNeedsReauth(db, account, "no_password", access.clock());
    expect((await followNotices(access)).made).toBe(0);
    await rule({ noticeKind: "needs_reauth", storeId: store });
    await rule({ noticeKind: "needs_reauth" });
    expect((await followNotices(access)).made).toBe(2);
    const title = `Войти в Kaspi заново: ${account.login}`;
    expect(await made()).toMatchObject([
      { title, storeId: store },
      { title, storeId: store },
    ]);
  });

  test("of a login of many stores leads to the rule's own, or to none", async () => {
    const account = await login([store, await storeOf(owner, "Другая")]);
    await rule({ noticeKind: "needs_reauth", storeId: store });
    await rule({ noticeKind: "needs_reauth" });
    await markNeedsReauth(db, account, "no_password", access.clock());
    await followNotices(access);
    expect((await made()).map(({ storeId }) => storeId).sort()).toEqual([store, null].sort());
  });

  test("of no store says what it is of", async () => {
    await rule({ noticeKind: "run_failed" });
    await raiseNotice(db, {
      ...{ kind: "run_failed", about: "x", severity: "warning", userId: owner.id },
      ...{ params: { job: "sync" }, renewedAt: access.clock() },
    });
    await followNotices(access);
    expect((await made())[0]?.title).toMatch(/^Разобраться, почему не получилось «.+»$/);
  });

  test("of bad reviews leads to the newest of them", async () => {
    await db.execute(`update stores set claimed_at = now() where id = '${store}'`);
    const shop = { code: "30518274", kind: "shop" as const };
    await db
      .update(storesTable)
      .set({ merchantId: shop.code })
      .where(inArray(storesTable.id, [store]));
    const [source] = await db.insert(reviewSources).values(shop).returning();
    const place = { sourceId: source?.id ?? "", walk: 1, lastWalk: 1, lastPage: 0 };
    const written = { ...place, firstSeenAt: access.clock(), rating: 1 };
    for (const id of ["older", "newer"])
      await db.insert(reviews).values({ ...written, id, author: id, cardName: "Чайник" });
    const read = (id: string, day: string) => ({
      ...{ id, day, oddDay: null, rating: 1, author: id, text: null, plus: null, minus: null },
      ...{ pictures: [], card: null, seller: null },
    });
    await rule();
    const newer = read("newer", "2026-03-02");
    await tellOfLow(db, { code: shop.code, fresh: [newer], soured: [] }, access.clock());
    // A page further down the list.
    const older = read("older", "2026-03-01");
    await tellOfLow(db, { code: shop.code, fresh: [older], soured: [] }, access.clock());
    await followNotices(access);
    expect(await made()).toMatchObject([{ reviewId: "newer", storeId: store }]);
  });

  test("stood already when the rule was turned on again: nothing is made", async () => {
    const ruleId = await rule();
    await setRule(access, owner, { ruleId, on: false });
    await raise();
    office.advance(DAY);
    await setRule(access, owner, { ruleId, on: true });
    expect((await followNotices(access)).made).toBe(0);
  });

  test("seen late has a deadline that is still to come", async () => {
    await rule();
    await raise();
    office.advance(DAY);
    await followNotices(access);
    expect((await made())[0]?.dueAt).toEqual(later(access.clock(), 120 * MINUTE));
  });

  test("that the rule's owner may not see makes nothing for them", async () => {
    const own = await office.list(doer);
    await rule({ categoryId: own }, doer);
    await raise();
    expect((await followNotices(access)).made).toBe(0);
  });

  test("makes nothing while the rule is off, or its owner blocked", async () => {
    const ruleId = await rule();
    await setRule(access, owner, { ruleId, on: false });
    await raise();
    expect((await followNotices(access)).made).toBe(0);
    await setRule(access, owner, { ruleId, on: true });
    await raise();
    await db.execute(`update users set is_active = false where id = '${owner.id}'`);
    expect((await followNotices(access)).made).toBe(0);
  });

  test("makes a task of nobody's when its person is blocked, and the rule says so", async () => {
    await rule();
    await db.execute(`update users set is_active = false where id = '${doer.id}'`);
    await raise();
    await followNotices(access);
    expect((await made())[0]?.assignees).toEqual([]);
    expect((await listRules(db, owner))[0]).toMatchObject({ trouble: "person", made: 1 });
  });

  test("makes nothing in a list that the rule's owner may not fill any more", async () => {
    const shared = await office.list(doer, [[owner, "edit"]]);
    await rule({ categoryId: shared });
    const members = [{ userId: owner.id, rights: "view" as const }];
    await changeCategory(access, doer, { categoryId: shared, members });
    await raise();
    expect((await followNotices(access)).made).toBe(0);
    expect((await listRules(db, owner))[0]?.trouble).toBe("list");
  });
});

describe("what it has made", () => {
  async function one(): Promise<string> {
    await rule();
    await raise();
    await followNotices(access);
    const [task] = await made();
    if (!task) throw new Error("nothing was made");
    return task.id;
  }

  test("closes by itself when the cause is over, and its history says so", async () => {
    const id = await one();
    office.advance(MINUTE);
    await resolveNotice(db, "low_review", store, access.clock());
    expect(await followNotices(access)).toEqual({ made: 0, closed: 1 });
    const task = await office.seenBy(owner, id);
    expect(task).toMatchObject({ doneAt: access.clock(), doneBy: null });
    expect((await listChanges(db, owner, id))[0]).toMatchObject({ what: "done", user: null });
    const open = (await office.told()).filter(
      ({ kind, resolvedAt }) => kind.startsWith("task_") && !resolvedAt,
    );
    expect(open).toEqual([]);
  });

  async function putAway() {
    const [notice] = await db.execute<{ id: string }>(
      "select id from notices where kind = 'low_review' and resolved_at is null",
    );
    await dismissNotice(db, owner, notice?.id ?? "", access.clock());
  }

  test.each([
    ["put away by a person", putAway],
    [
      "put away with all the others",
      () => dismissAll(db, owner, { until: access.clock(), now: access.clock() }),
    ],
    [
      "put away by its age",
      () => resolveOld(db, "low_review", later(access.clock(), DAY), access.clock()),
    ],
  ])("stays open when its notice is %s, and ends with the next one", async (_how, away) => {
    const id = await one();
    await away();
    expect((await followNotices(access)).closed).toBe(0);
    expect((await office.seenBy(owner, id)).doneAt).toBeNull();
    office.advance(HOUR);
    await raise();
    expect(await followNotices(access)).toEqual({ made: 0, closed: 0 });
    await resolveNotice(db, "low_review", store, access.clock());
    expect((await followNotices(access)).closed).toBe(1);
  });

  test("is made anew for what is news again, when the former is done", async () => {
    const id = await one();
    office.advance(HOUR);
    await raise();
    expect((await followNotices(access)).made).toBe(0);
    await completeTask(access, doer, id);
    office.advance(HOUR);
    await raise();
    expect((await followNotices(access)).made).toBe(1);
    expect((await followNotices(access)).made).toBe(0);
    expect((await made()).filter(({ doneAt }) => doneAt === null)).toHaveLength(1);
  });

  test("keeps a comment that nobody has read yet, when it closes", async () => {
    const id = await one();
    await commentTask(access, owner, { taskId: id, text: "Позвонить покупателю" });
    await resolveNotice(db, "low_review", store, access.clock());
    await followNotices(access);
    const open = (await office.told()).filter(
      (row) => row.kind === "task_commented" && !row.resolvedAt,
    );
    expect(open).toMatchObject([{ userId: doer.id }]);
  });

  test("says in its history to whom it was given", async () => {
    const history = await listChanges(db, owner, await one());
    expect(history.find(({ what }) => what === "assigned")?.details).toMatchObject({
      added: ["Делает"],
    });
  });

  test("done or deleted by a person is not made anew while the cause lasts", async () => {
    const id = await one();
    await completeTask(access, doer, id);
    expect(await followNotices(access)).toEqual({ made: 0, closed: 0 });
    await removeTask(access, owner, id);
    expect(await followNotices(access)).toEqual({ made: 0, closed: 0 });
  });

  test("reopened by a person stays open, though its cause is over", async () => {
    const id = await one();
    await resolveNotice(db, "low_review", store, access.clock());
    await followNotices(access);
    await reopenTask(access, owner, id);
    expect((await followNotices(access)).closed).toBe(0);
    expect((await office.seenBy(owner, id)).doneAt).toBeNull();
  });

  test("stays when the rule goes, and closes all the same", async () => {
    const id = await one();
    const [line] = await listRules(db, owner);
    await removeRule(access, owner, line?.id ?? "");
    await resolveNotice(db, "low_review", store, access.clock());
    expect((await followNotices(access)).closed).toBe(1);
    expect((await office.seenBy(owner, id)).doneAt).not.toBeNull();
  });
});

describe("rules are one's own", () => {
  test("nobody else sees, turns or deletes one", async () => {
    const ruleId = await rule();
    expect(await listRules(db, doer)).toEqual([]);
    const turned = setRule(access, doer, { ruleId, on: false });
    await expect(turned).rejects.toMatchObject({ kind: "not_found" });
    await expect(removeRule(access, doer, ruleId)).rejects.toMatchObject({ kind: "not_found" });
  });

  test("is made for a list one may fill and a store one may see", async () => {
    await expect(rule({}, doer)).rejects.toMatchObject({ kind: "not_found" });
    const own = await office.list(doer);
    const foreign = rule({ categoryId: own, storeId: store }, doer);
    await expect(foreign).rejects.toMatchObject({ key: "task_link_unknown" });
  });
});
