import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import { type NextSubjects, type Run, takeTurn } from "@/lib/repricing/check/check-turn";
import { closeRun } from "@/lib/repricing/check/close-run";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { setDefaultRule } from "@/lib/repricing/rule/set-rule";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import type { Handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { watchedShop } from "../../support/watched-shop";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const MANY = 8;
const { storeId, shelf, rivalsAt, beginAgain } = await watchedShop(office, MANY);

beforeEach(async () => {
  await beginAgain();
  await db.update(stores).set({ rule: {} });
  rivalsAt(0.97);
});

/** One run over the shelf, a product at a time, with something happening before one of them is loaded. */
async function run(happens: { before: number; what: () => Promise<void> }): Promise<void> {
  const store = await storeAtWork(db, storeId);
  if (!store) throw new Error("the store is not at work");
  const counts = { checked: 0, changes: 0, unread: 0 };
  const turn: Run = { trigger: "schedule", store, id: null, counts, isFull: false };
  let nth = 0;
  const next: NextSubjects = async () => {
    const { productId } = shelf[nth] ?? {};
    const subject = productId === undefined ? null : await subjectOf(db, productId, new Date());
    if (nth === happens.before) await happens.what();
    nth += 1;
    return subject ? [subject] : [];
  };
  await takeTurn(access, turn, next, new Date(Number(access.clock()) + 60_000));
  const ended = { id: turn.id ?? "", storeId, storeName: store.name, dryRun: false };
  await db.transaction((tx) => closeRun(tx, ended, turn.counts, access.clock()));
}

const reasonOf = async (one: Handle | undefined) => (await one?.history())?.at(-1)?.reason;

describe("rules that change during a run", () => {
  test("count for the products that are loaded after it, and the others are looked at anew", async () => {
    const change = () =>
      setDefaultRule(db, owner, storeId, { strategy: { kind: "match" } }, access.clock());
    await run({ before: 3, what: change });
    expect(await reasonOf(shelf[0])).toBe("undercut");
    expect(await reasonOf(shelf[MANY - 1])).toBe("matched");
    while (await repriceDue(access, storeId, { trigger: "schedule" }));
    for (const one of shelf) expect(await reasonOf(one)).toBe("matched");
  });

  test("are not tried out by what that run still decides by the former ones", async () => {
    const many = { storeId, what: "store_rule", products: 60, by: owner.id } as const;
    const note = () => db.transaction((tx) => noteWideChange(tx, { ...many, now: access.clock() }));
    await run({ before: 3, what: note });
    const open = eq(decisions.state, "pending");
    expect(await db.$count(decisions, open)).toBe(MANY);
    await shelf[0]?.publish();
    expect(await db.$count(decisions, open)).toBe(MANY);
    twin.advance({ ms: 60_000 });
    await db.update(productCities).set({ nextCheckAt: access.clock() });
    for (const one of shelf) one.rivals(Math.ceil(one.kaspiPrice() * 0.96));
    await repriceDue(access, storeId, { trigger: "schedule" });
    await shelf[0]?.publish();
    expect(await db.$count(decisions, open)).toBe(MANY - 5);
  });
});
