import { beforeAll, expect, test } from "vitest";
import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import { budgetEntries, ledgerHeads } from "@/lib/db/schema/repricing";
import { runs, workspace } from "@/lib/db/schema/workspace";
import { accountedFor, everyCityAccountedFor } from "../support/accounted";
import { type MortalOffice, mortalOffice } from "../support/mortal-office";
import { type Random, seeded, whole } from "../support/random-market";

const KILLS = 50;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);
const LONGEST_ROUND = 3 * SECOND;
/** Many kills meet its end and wait for it. */
const BUDGET = { perWindow: 60, minutes: 1 };

let office: MortalOffice;
beforeAll(async () => {
  office = await mortalOffice();
  await office.access.db
    .update(workspace)
    .set({ writesPerWindow: BUDGET.perWindow, writeWindowMinutes: BUDGET.minutes });
});

test(
  `killed -9 at ${KILLS} random moments of sync and repricing: nothing lost, nothing sent twice, no budget exceeded (seed ${SEED})`,
  async () => {
    const random = seeded(SEED);
    let atWork = 0;
    for (let round = 1; round <= KILLS; round += 1) {
      await office.giveWork(round);
      const worker = office.startWorker();
      await worker.line((line) => line === "working");
      await atSomeMoment(random);
      worker.kill("SIGKILL");
      expect(await worker.ended).toBe("SIGKILL");
      if (await office.diedAtWork()) atWork += 1;
      await office.letTimePass();
    }
    expect(atWork).toBeGreaterThanOrEqual(Math.floor(KILLS / 4));

    const survivor = office.startWorker();
    await survivor.line((line) => line === "working");
    await office.untilQuiet(4 * MINUTE);
    await everyPriceIsAccountedFor();
    await office.giveWork(0);
    await office.untilQuiet(4 * MINUTE);
    survivor.kill("SIGTERM");
    await survivor.ended;
    await everyPriceIsAccountedFor();
    await nothingWasLost();
    await budgetWasKept();
  },
  20 * MINUTE,
);

/** After so many requests to Kaspi, and then a little later: in an answer, a transaction, between two steps. */
async function atSomeMoment(random: Random): Promise<void> {
  const enough = office.asked() + whole(random, 1, 3 * office.shelf.length);
  for (const end = Date.now() + LONGEST_ROUND; office.asked() < enough && Date.now() < end; )
    await sleep(2);
  await sleep(random() * 40);
}

/** Each decision left at most once, in its turn, and what Kaspi shows is the last one confirmed, city by city. */
async function everyPriceIsAccountedFor(): Promise<void> {
  for (const one of office.shelf) {
    await accountedFor(office, one);
    for (const write of one.writes()) expect(write.outcome).toBe("applied");
  }
}

/** Everything asked for was done in the end: every product decided, every sync over, the ledger without a gap. */
async function nothingWasLost(): Promise<void> {
  const { db } = office.access;
  await everyCityAccountedFor(office, office);
  for (const one of office.shelf) expect((await one.product()).price).toBe(one.kaspiPrice());
  const syncs = await db.select({ status: runs.status }).from(runs);
  expect(syncs.filter(({ status }) => ["queued", "running"].includes(status))).toEqual([]);
  expect(syncs.some(({ status }) => status === "finished")).toBe(true);
  const [head] = await db.select().from(ledgerHeads);
  const seqs = (await Promise.all(office.shelf.map((one) => office.history(one.productId))))
    .flat()
    .map((row) => row.seq)
    .sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: head?.seq ?? 0 }, (_, nth) => nth + 1));
}

/** Every write was paid for at the gate, and no window has more payments than it may. */
async function budgetWasKept(): Promise<void> {
  const { db } = office.access;
  const paid = await db.select({ at: budgetEntries.at }).from(budgetEntries);
  expect(office.twin.writes().length).toBeLessThanOrEqual(paid.length);
  const times = paid.map(({ at }) => at.getTime()).sort((a, b) => a - b);
  for (const [nth, at] of times.entries()) {
    const inWindow = times.slice(nth).filter((later) => later < at + BUDGET.minutes * MINUTE);
    expect(inWindow.length).toBeLessThanOrEqual(BUDGET.perWindow);
  }
}
