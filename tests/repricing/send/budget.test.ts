import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { publishStore } from "@/lib/repricing/send/publish-store";
import type { Handle } from "../../support/goods";
import { hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";
import { onePriceWaits } from "../../support/waiting-price";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);
const { storeId } = shelf;

let goods: Handle;

beforeEach(async () => {
  goods = await onePriceWaits(office, shelf);
});

const last = async () => (await goods.history()).at(-1);

describe("the budget", () => {
  test("lets no more changes through in any rolling window, and says when the next one goes", async () => {
    await db.update(workspace).set({ writesPerWindow: 0 + 1 });
    await goods.publish();
    expect(await last()).toMatchObject({ state: "sent" });
    const firstAt = access.clock();
    const second = await shelf.contested();
    await second.check();
    await second.publish();
    const [waiting] = await second.history();
    expect(waiting).toMatchObject({ state: "pending", stateReason: "rate_budget_deferred" });
    expect((waiting?.notBefore?.getTime() ?? 0) - firstAt.getTime()).toBeLessThanOrEqual(
      30.5 * MINUTE,
    );
    expect(second.writes()).toEqual([]);
    // Kaspi counts arrivals: the first may have been half a minute on its way, and the second none.
    twin.advance({ ms: 30 * MINUTE + 20_000 });
    // What has waited so long is void, and is decided anew.
    await second.publish();
    await second.check();
    await second.publish();
    expect((await second.history()).at(-1)).toMatchObject({ stateReason: "rate_budget_deferred" });
    expect(second.writes()).toEqual([]);
    twin.advance({ ms: MINUTE });
    await second.publish();
    expect(second.writes()).toHaveLength(1);
    await db.update(workspace).set({ writesPerWindow: 250 });
  });

  test("is not exceeded by publishers in many processes at once", async () => {
    await db.update(workspace).set({ writesPerWindow: 3 });
    for (let nth = 0; nth < 6; nth += 1) await (await shelf.contested()).check();
    await Promise.all(Array.from({ length: 4 }, () => publishStore(access, storeId)));
    expect(await db.$count(budgetEntries)).toBe(3);
    expect(await db.$count(decisions, eq(decisions.state, "sent"))).toBe(3);
    await db.update(workspace).set({ writesPerWindow: 250 });
  });
});

test("a change counts in the budget from when it leaves, however long others held it up", async () => {
  const seller = await hold(db, (tx) => tx.select().from(products).for("update"));
  const sending = goods.publish();
  await waiting(db, 1);
  twin.advance({ ms: MINUTE });
  const released = access.clock().getTime();
  await seller.release();
  await sending;
  const [entry] = await db.select().from(budgetEntries);
  expect(entry?.at.getTime()).toBeGreaterThanOrEqual(released);
});
