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

/**
 * The rules of many products have changed, and the process that tries them out is killed so many times:
 * no sixth price leaves before the trial has passed, whoever goes on with it; in the end all have left.
 */
export async function killedTrial(office: MortalOffice, kills: number): Promise<void> {
  const { access, twin, storeId, owner } = office;
  const { db } = access;
  const now = access.clock();
  const change = { storeId, what: "store_rule", products: 60, by: owner.id, now } as const;
  await db.transaction((tx) => noteWideChange(tx, change));
  await office.giveWork(kills);
  const before = twin.writes().length;
  for (let kill = 0; kill < kills; kill += 1) {
    const worker = office.startWorker();
    await worker.line((line) => line === "working");
    const asked = office.asked();
    while (office.asked() < asked + 3 + 7 * kill) await sleep(20);
    worker.kill("SIGKILL");
    await worker.ended;
    const [trial] = await db.select().from(wideChanges).where(eq(wideChanges.state, "open"));
    if (trial) expect(twin.writes().length - before).toBeLessThanOrEqual(FIRST);
    await office.letTimePass();
  }
  const worker = office.startWorker();
  await worker.line((line) => line === "working");
  await office.untilQuiet(120_000);
  worker.kill("SIGKILL");
  await worker.ended;
  expect(await db.$count(priceHolds)).toBe(0);
  const states = (await db.select().from(wideChanges)).map(({ state }) => state);
  expect(states).toEqual(["passed"]);
  await everyCityAccountedFor(office, office);
  const [verdict] = await verifyLedgers(db, { storeId });
  expect(verdict?.flaws).toEqual([]);
}
