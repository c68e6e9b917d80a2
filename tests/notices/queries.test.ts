import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { MINUTE } from "@/lib/core/time";
import { notices } from "@/lib/db/schema/workspace";
import { dismissNotice, listOpenNotices, openNotice, raiseNotice } from "@/lib/notices/queries";
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
