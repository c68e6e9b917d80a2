import { asc, desc, eq, isNull } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { MINUTE } from "@/lib/core/time";
import { auditLog, notices } from "@/lib/db/schema/workspace";
import {
  countNotices,
  dismissAll,
  noticesPage,
  noticesToPutAway,
} from "@/lib/notices/page-queries";
import {
  dismissNotice,
  listOpenNotices,
  openNotice,
  raiseNotice,
  raiseNotices,
} from "@/lib/notices/queries";
import { shareStore } from "@/lib/stores/share-store";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";
import { memberWith } from "../support/whole-office";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const { storeId } = await connectedStore(office);

type Right = "view_store" | "view_review";
async function sharedWith(name: string, permissions: Right[]): Promise<Caller> {
  const id = await memberWith(office, name, []);
  await shareStore(db, owner, { storeId, email: `${name}@example.kz`, permissions }, clock());
  return (await findActiveUser(db, id)) ?? expect.fail(`${name} is gone`);
}
let viewer: Caller;
let reader: Caller;
beforeAll(async () => {
  viewer = await sharedWith("viewer", ["view_store"]);
  reader = await sharedWith("reader", ["view_store", "view_review"]);
});
beforeEach(() => db.delete(notices).then(() => undefined));

const raise = (kind: "low_review" | "run_failed" | "needs_reauth", more = {}) =>
  raiseNotice(db, {
    ...{ kind, about: storeId, severity: "warning", storeId },
    ...more,
  });
const seen = async (caller: Caller) =>
  (await listOpenNotices(db, caller)).map(({ kind, mayDismiss }) => [kind, mayDismiss]);

test("what buyers wrote is told to whom reviews are open, and theirs to put away", async () => {
  await raise("low_review", { params: { count: 1, of: storeId } });
  await raise("run_failed");
  expect((await seen(owner)).sort()).toEqual([
    ["low_review", true],
    ["run_failed", true],
  ]);
  expect(await seen(viewer)).toEqual([["run_failed", false]]);
  expect((await seen(reader)).sort()).toEqual([
    ["low_review", true],
    ["run_failed", false],
  ]);
  const [low] = (await listOpenNotices(db, reader)).filter(({ kind }) => kind === "low_review");
  await dismissNotice(db, viewer, low?.id ?? "", clock());
  expect(await openNotice(db, "low_review", storeId)).toEqual({ count: 1, of: storeId });
  await dismissNotice(db, reader, low?.id ?? "", clock());
  expect(await openNotice(db, "low_review", storeId)).toBeNull();
});

test("the most urgent are told, however many others came after them", async () => {
  await raise("needs_reauth", { severity: "danger" });
  for (let nth = 0; nth < 25; nth += 1) await raise("run_failed", { about: `${nth}` });
  const told = await listOpenNotices(db, owner);
  expect(told).toHaveLength(20);
  expect(told[0]).toMatchObject({ kind: "needs_reauth" });
});

test("what is news again counts from then on; anything else keeps its day", async () => {
  await raise("low_review", { renewedAt: clock() });
  await raise("run_failed");
  const days = async () =>
    new Map((await listOpenNotices(db, owner)).map(({ kind, createdAt }) => [kind, createdAt]));
  const before = await days();
  twin.advance({ ms: MINUTE });
  const now = clock();
  await raise("low_review", { renewedAt: now });
  await raise("run_failed");
  expect((await days()).get("low_review")).toEqual(now);
  expect((await days()).get("run_failed")).toEqual(before.get("run_failed"));
});

describe("many at once", () => {
  const assigned = (nth: number, more = {}) => ({
    ...{ kind: "task_assigned" as const, about: `${nth}`, severity: "info" as const },
    ...{ userId: owner.id, params: { nth } },
    ...more,
  });
  const rows = () =>
    db
      .select()
      .from(notices)
      .orderBy(asc(notices.createdAt), asc(notices.id))
      .then((all) => all.map(({ params }) => params.nth));

  test("are told of in the order they are given, and of two about the same the later counts", async () => {
    const nths = Array.from({ length: 3_000 }, (_, nth) => nth);
    await raiseNotices(db, [
      ...nths.map((nth) => assigned(nth)),
      assigned(7, { params: { nth: -7 } }),
    ]);
    expect(await rows()).toEqual(nths.map((nth) => (nth === 7 ? -7 : nth)));
    await raiseNotices(db, []);
  });

  test("what is news again is spread again, what is refreshed is not", async () => {
    await raiseNotices(db, [assigned(1), assigned(2)]);
    await db.update(notices).set({ spreadAt: clock() });
    await raiseNotices(db, [assigned(1), assigned(2, { renewedAt: clock() }), assigned(3)]);
    const unspread = await db.select().from(notices).where(isNull(notices.spreadAt));
    expect(unspread.map(({ params }) => params.nth).sort()).toEqual([2, 3]);
  });

  test("two who raise the same in different orders do not wait for each other in a circle", async () => {
    const some = Array.from({ length: 500 }, (_, nth) => assigned(nth));
    await Promise.all([raiseNotices(db, some), raiseNotices(db, some.toReversed())]);
    expect(await rows()).toHaveLength(500);
  });
});

test("news of a task is its person's alone, whatever store it names", async () => {
  const news = { kind: "task_due", about: "a", severity: "info", storeId } as const;
  await raiseNotices(db, [{ ...news, userId: viewer.id, params: { title: "private" } }]);
  expect(await seen(owner)).toEqual([]);
  expect(await seen(reader)).toEqual([]);
});

describe("the page of notices", () => {
  test("has everything open that is the reader's, the newest first, and puts it away", async () => {
    const old = { renewedAt: clock() };
    await raise("run_failed", old);
    twin.advance({ ms: MINUTE });
    const own = { kind: "task_due", about: "b", severity: "warning", renewedAt: clock() } as const;
    await raiseNotices(db, [{ ...own, userId: owner.id, params: { title: "own" } }]);
    const page = await noticesPage(db, owner, { limit: 50, offset: 0 });
    expect(page.map(({ kind }) => kind)).toEqual(["task_due", "run_failed"]);
    expect(await countNotices(db, owner)).toBe(2);
    expect(await countNotices(db, viewer)).toBe(1);
    expect((await noticesPage(db, owner, { limit: 1, offset: 1 })).map(({ kind }) => kind)).toEqual(
      ["run_failed"],
    );
  });

  test("puts away what the reader may, and leaves the others'", async () => {
    await raise("run_failed");
    const own = { kind: "task_due", about: "c", severity: "info", params: { title: "x" } } as const;
    await raiseNotices(db, [
      { ...own, userId: viewer.id },
      { ...own, about: "d", userId: owner.id },
    ]);
    const { count, until } = await noticesToPutAway(db, viewer);
    expect(count).toBe(1);
    if (!until) throw new Error("nothing to put away");
    twin.advance({ ms: MINUTE });
    await raiseNotices(db, [{ ...own, about: "e", userId: viewer.id, renewedAt: clock() }]);
    expect(await dismissAll(db, viewer, { until, now: clock() })).toBe(1);
    // What came after the page was drawn stays.
    expect(await countNotices(db, viewer)).toBe(2);
    expect(await countNotices(db, owner)).toBe(2);
    const [entry] = await db
      .select()
      .from(auditLog)
      .where(eq(auditLog.userId, viewer.id))
      .orderBy(desc(auditLog.at))
      .limit(1);
    expect(entry).toMatchObject({ action: "notice.dismissed", details: { notice: "task_due" } });
  });
});
