import { spawn } from "node:child_process";
import { asc, eq, inArray, isNull } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { later, MINUTE, sleep } from "@/lib/core/time";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { type Goods, goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice({ applyDelay: 500 });
const { access, twin, database } = office;
const { db } = access;
let storeId = "";
let shelf: Handle[] = [];

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  const goods: Goods[] = await goodsOnSale(office, storeId, store.merchantId);
  shelf = goods.map((one) => handle(office, one));
  for (const one of shelf) await one.watch({ floor: Math.ceil(one.kaspiPrice() * 0.7) });
});

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

    let sent = 0;
    for (const one of shelf) {
      const prices = one.writes().map((write) => JSON.stringify(write.body));
      sent += prices.length;
      expect(prices.filter((price, nth) => price === prices[nth - 1])).toEqual([]);
      const history = await db
        .select()
        .from(decisions)
        .where(inArray(decisions.productId, [one.productId]))
        .orderBy(asc(decisions.seq));
      const last = history.filter((row) => row.state === "confirmed").at(-1);
      if (last) expect(one.kaspiPrice()).toBe(last.price);
      expect(one.kaspiPrice()).toBeGreaterThanOrEqual((await one.product()).floor ?? Number.NaN);
      const seqs = history.map((row) => row.seq);
      expect(new Set(seqs).size).toBe(seqs.length);
    }
    expect(sent).toBeGreaterThan(shelf.length);
  },
);
