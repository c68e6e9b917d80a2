import { eq, inArray } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { later, MINUTE, SECOND, sleep } from "@/lib/core/time";
import { preorders } from "@/lib/db/schema/preorders";
import { budgetEntries } from "@/lib/db/schema/repricing";
import { createPreorder } from "@/lib/preorders/create-preorders";
import { endPreorder } from "@/lib/preorders/end-preorder";
import { pushPreorders } from "@/lib/preorders/push-preorders";
import { eventually } from "../support/locks";
import { type MortalOffice, mortalOffice } from "../support/mortal-office";
import { type Random, seeded, whole } from "../support/random-market";

const KILLS = 12;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);
const LEAD_DAYS = 9;

let office: MortalOffice;
beforeAll(async () => {
  office = await mortalOffice();
});

test(
  `killed -9 at ${KILLS} moments of writing preorders: each is written, none without its entry (seed ${SEED})`,
  async () => {
    const { access, owner, shelf, storeId, twin } = office;
    const { db, clock } = access;
    const random = seeded(SEED);
    twin.forgetWrites();
    await db.delete(budgetEntries);
    const ids: string[] = [];
    for (const { productId, merchantUid } of shelf) {
      const points = [{ pointId: `${merchantUid}_PP1`, quantity: 3 }];
      const terms = { storeId, productId, leadDays: LEAD_DAYS, points, price: null };
      ids.push(await createPreorder(db, owner, terms, clock()));
    }
    await pushPreorders(db, owner, { storeId, ids, confirm: true }, clock());
    await killed(random, KILLS);
    await atRest("active");
    for (const { truth } of shelf)
      expect(truth().points).toContainEqual(
        expect.objectContaining({ available: true, preOrder: LEAD_DAYS }),
      );
    for (const id of ids) await endPreorder(db, owner, { id, how: "cancelled" }, clock());
    await killed(random, KILLS);
    await atRest("cancelled");
    for (const { truth } of shelf)
      for (const { preOrder } of truth().points ?? []) expect(preOrder ?? 0).toBe(0);
    const taken = twin.writes().filter(({ status }) => status === 200);
    expect(await db.$count(budgetEntries)).toBeGreaterThanOrEqual(taken.length);
  },
  20 * MINUTE,
);

async function killed(random: Random, times: number): Promise<void> {
  for (let nth = 0; nth < times; nth += 1) {
    const worker = office.startWorker();
    await worker.line((line) => line === "working");
    const enough = office.asked() + whole(random, 1, 12);
    for (const end = Date.now() + 3 * SECOND; office.asked() < enough && Date.now() < end; )
      await sleep(2);
    await sleep(random() * 40);
    worker.kill("SIGKILL");
    expect(await worker.ended).toBe("SIGKILL");
    await older();
  }
}

/** What a killed process may have left on its way is a quarter of an hour older, and looked for at once. */
async function older(): Promise<void> {
  const { db, clock } = office.access;
  const [now, longAgo] = [clock(), later(clock(), -20 * MINUTE)];
  const all = await db.select().from(preorders);
  for (const { id, sendingAt, sentAt } of all) {
    const isSure = sendingAt !== null && sentAt !== null && sentAt >= sendingAt;
    const sending = sendingAt === null ? null : longAgo;
    await db
      .update(preorders)
      .set({ sendingAt: sending, ...(isSure && { sentAt: longAgo }), notBefore: null })
      .where(eq(preorders.id, id));
  }
  const underWay = all.filter(({ sendingAt }) => sendingAt !== null).map(({ id }) => id);
  await db.update(preorders).set({ lookAt: now }).where(inArray(preorders.id, underWay));
}

async function atRest(status: "active" | "cancelled"): Promise<void> {
  const { db } = office.access;
  const survivor = office.startWorker();
  await survivor.line((line) => line === "working");
  for (const end = Date.now() + 4 * MINUTE; Date.now() < end; await sleep(SECOND)) {
    const rows = await db.select().from(preorders);
    if (rows.every((row) => row.status === status)) break;
  }
  survivor.kill("SIGTERM");
  await survivor.ended;
  const rows = await db.select({ status: preorders.status, why: preorders.why }).from(preorders);
  expect(rows).toEqual(rows.map(() => ({ status, why: null })));
  await eventually(async () => (await db.$count(preorders)) === office.shelf.length);
}
