import { spawn } from "node:child_process";
import { eq, inArray, isNull } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { later, MINUTE, sleep } from "@/lib/core/time";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { everyCityAccountedFor } from "../support/accounted";
import { ASTANA, demoShop, priceInTwoCities } from "../support/city-goods";
import { testOffice } from "../support/office";
import { watchedGoods } from "../support/watched-shop";

// Two minutes on an idle machine; a busy one must not make them fail.
vi.setConfig({ testTimeout: 600_000 });

const office = await testOffice({ applyDelay: 500 });
const { access, twin, database } = office;
const { db } = access;
const { storeId, shelf } = await watchedGoods(office, { many: 20, floor: 0.7, login: demoShop });
const inTwoCities = await priceInTwoCities(office, shelf.slice(0, 6));

/** The command in a process of its own. */
function startCycle() {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "lib/cli/main.ts", "demper", "--once"],
    {
      stdio: "ignore",
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        KASPI_CABINET_URL: twin.urls.cabinet,
        KASPI_ID_URL: twin.urls.id,
        KASPI_STOREFRONT_URL: twin.urls.storefront,
        KASPI_IMAGES_URL: twin.urls.images,
        ENCRYPTION_KEY: Buffer.alloc(32, "test key").toString("base64"),
      },
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, ended, startedAt: new Date() };
}
type Cycle = ReturnType<typeof startCycle>;

/** The clock is the machine's, for the processes' sake: so the time to look is moved instead. */
async function readBack(): Promise<void> {
  await sleep(600);
  // A run that was killed is ended two minutes later.
  const longAgo = later(access.clock(), -20 * MINUTE);
  await db.update(pricingRuns).set({ startedAt: longAgo }).where(isNull(pricingRuns.finishedAt));
  await db
    .update(decisions)
    .set({ confirmAt: access.clock() })
    .where(inArray(decisions.state, ["sending", "sent"]));
  while ((await confirmStore(access, storeId)).read > 0);
}

/** As a restart of the database does it: every connection is gone in the middle of whatever it was doing. */
async function loseDatabase(since: Date): Promise<void> {
  await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and backend_start >= ${since.toISOString()}`;
}

const interruptions: [string, (cycle: Cycle) => Promise<void> | void][] = [
  ["killed", ({ child }) => void child.kill("SIGKILL")],
  ["left without its database", ({ startedAt }) => loseDatabase(startedAt)],
];

test.each(interruptions)(
  "%s at any moment, the cycle loses nothing and sends nothing twice",
  async (_how, interrupt) => {
    for (let round = 1; round <= 6; round += 1) {
      for (const one of shelf) one.rivals(Math.ceil(one.kaspiPrice() * 0.99) - round);
      for (const one of inTwoCities)
        one.rivals(ASTANA, Math.ceil(one.kaspiPrice(ASTANA) * 0.99) - round);
      const before = twin.writes().length;
      const cycle = startCycle();
      const { ended } = cycle;
      const isOver = ended.then(() => true);
      // Another number of writes each time, and then a little later: in a read, a transaction, a request.
      while (twin.writes().length < before + 3 * round)
        if (await Promise.race([isOver, sleep(20).then(() => false)])) break;
      await sleep(7 * round);
      await interrupt(cycle);
      await ended;
      await readBack();
    }
    expect(await startCycle().ended).toBe(0);
    await readBack();
    // What was killed between the gate and the wire has never arrived; a quarter of an hour tells.
    const longAgo = later(access.clock(), -20 * MINUTE);
    await db.update(decisions).set({ sendingAt: longAgo }).where(eq(decisions.state, "sending"));
    await readBack();
    expect(await db.$count(decisions, inArray(decisions.state, ["sending", "sent"]))).toBe(0);

    await everyCityAccountedFor(office, { shelf, inTwoCities });
    const seqs = (await db.select().from(decisions))
      .map(({ seq }) => seq)
      .toSorted((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, nth) => nth + 1));
    const sent = shelf.reduce((sum, one) => sum + one.writes().length, 0);
    expect(sent).toBeGreaterThan(shelf.length);
  },
);
