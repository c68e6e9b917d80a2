import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { sleep } from "@/lib/core/time";
import { priceHolds, wideChanges } from "@/lib/db/schema/safety";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { everyCityAccountedFor } from "./accounted";
import type { MortalOffice } from "./mortal-office";

/** More than these never leave before those are confirmed. */
const FIRST = 5;
const LONGEST_END = 120_000;

/**
 * The rules of many products have changed, and the process that tries them out is killed so many times,
 * each time when one price more has left: no sixth one leaves before the trial has passed, whoever goes
 * on with it; in the end all have left.
 */
export async function killedTrial(office: MortalOffice, kills: number): Promise<void> {
  const { access, twin, storeId, owner } = office;
  const { db } = access;
  const now = access.clock();
  const change = { storeId, what: "store_rule", products: 60, by: owner.id, now } as const;
  await db.transaction((tx) => noteWideChange(tx, change));
  await office.giveWork(kills);
  const before = twin.writes().length;
  const left = () => twin.writes().length - before;

  /** How many had left when the trial was still open; null once it is over. */
  async function leftInTrial(): Promise<number | null> {
    const sent = left();
    const [trial] = await db.select().from(wideChanges).where(eq(wideChanges.state, "open"));
    return trial ? sent : null;
  }

  async function until(what: string, isSo: () => boolean, withinMs = 60_000): Promise<void> {
    for (const end = Date.now() + withinMs; !isSo(); await sleep(20)) {
      expect((await leftInTrial()) ?? 0, "prices that left in the trial").toBeLessThanOrEqual(
        FIRST,
      );
      if (Date.now() > end) throw new Error(`${what} never came; ${left()} prices have left`);
    }
  }

  for (let kill = 0; kill < kills; kill += 1) {
    const worker = office.startWorker();
    await worker.line((line) => line === "working");
    await until("one price more", () => left() >= 2 + kill);
    const asked = office.asked();
    await until("another question", () => office.asked() >= asked + (kill % 7));
    worker.kill("SIGKILL");
    await worker.ended;
    await office.letTimePass();
  }
  if (kills < FIRST) expect(await leftInTrial(), "killed within the trial").not.toBeNull();
  const worker = office.startWorker();
  await worker.line((line) => line === "working");
  let isQuiet = false;
  const quiet = office.untilQuiet(LONGEST_END).finally(() => {
    isQuiet = true;
  });
  await Promise.all([quiet, until("rest", () => isQuiet, LONGEST_END)]);
  worker.kill("SIGKILL");
  await worker.ended;
  expect(left()).toBeGreaterThan(FIRST);
  expect(await db.$count(priceHolds)).toBe(0);
  const states = (await db.select().from(wideChanges)).map(({ state }) => state);
  expect(states).toEqual(["passed"]);
  await everyCityAccountedFor(office, office);
  const [verdict] = await verifyLedgers(db, { storeId });
  expect(verdict?.flaws).toEqual([]);
}
