import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import { attempts, mailings } from "@/lib/db/schema/mailings";
import { runById } from "@/lib/mailings/runs/run-queries";
import { type Child, startChild } from "../support/child";
import {
  asNew,
  createdMailing,
  mailingsOf,
  mailServerOf,
  people,
  sendingOf,
} from "../support/mailings";
import { testOffice } from "../support/office";
import { seeded, whole } from "../support/random-market";

const LETTERS = 2_000;
const KILLS = 10;
/** Of one process are on their way at once. */
const AT_ONCE = 5;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

const office = await testOffice();
const { db, clock } = office.access;
const server = await mailServerOf();

/** Each life of the sender begins when the leases of the one before are over. */
let ahead = clock().getTime() - Date.now();

async function started(runId: string): Promise<Child> {
  ahead += 10 * MINUTE;
  const { port } = server.settings;
  const worker = startChild("tests/support/mailing-worker.ts", [`${port}`, runId, `${ahead}`]);
  await worker.line((line) => line === "working");
  return worker;
}

test(
  `killed -9 at ${KILLS} moments of ${LETTERS} letters: none is lost, none is doubled, what nobody knows says so (seed ${SEED})`,
  async () => {
    await asNew(office);
    const random = seeded(SEED);
    const { begin } = sendingOf(office, mailingsOf(office, server.settings));
    const run = await begin(await createdMailing(office, people(LETTERS)));
    for (let nth = 0; nth < KILLS; nth += 1) {
      const before = server.taken.length;
      const worker = await started(run.id);
      const wanted = whole(random, 1, LETTERS / KILLS - 20);
      let taken = 0;
      const kill = () => worker.kill("SIGKILL");
      // A third of them die with a letter half given, a third when it was taken and its answer is not yet read.
      server.behaves({
        data: () => {
          taken += 1;
          if (nth % 3 === 0 && taken === wanted) kill();
          return undefined;
        },
        taken: async () => {
          if (nth % 3 !== 1 || taken < wanted) return;
          kill();
          await worker.ended;
        },
      });
      if (nth % 3 === 2) {
        await expect
          .poll(() => taken, { timeout: MINUTE, interval: 2 })
          .toBeGreaterThanOrEqual(wanted);
        await sleep(random() * 30);
        kill();
      }
      expect(await worker.ended).toBe("SIGKILL");
      server.behaves({});
      await sleep(SECOND / 10);
      expect(server.taken.length).toBeGreaterThan(before);
    }
    expect(await runById(db, run.id)).toMatchObject({ state: "running" });
    const last = await started(run.id);
    expect(await last.ended).toBe(0);

    const rows = await db.select().from(attempts);
    const unknown = rows.filter(({ status }) => status === "unknown").map(({ email }) => email);
    const succeeded = rows.filter(({ status }) => status === "success").map(({ email }) => email);
    expect(rows).toHaveLength(LETTERS);
    expect(succeeded.length + unknown.length).toBe(LETTERS);
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(KILLS * AT_ONCE);
    const came = new Map<string, number>();
    for (const { to } of server.taken) came.set(to, (came.get(to) ?? 0) + 1);
    expect(succeeded.filter((email) => came.get(email) !== 1)).toEqual([]);
    expect(unknown.filter((email) => (came.get(email) ?? 0) > 1)).toEqual([]);
    expect(await runById(db, run.id)).toMatchObject({
      ...{ state: "completed", succeeded: succeeded.length, unknown: unknown.length },
      ...{ total: LETTERS, failed: 0, skipped: 0 },
    });
    const [mailing] = await db.select().from(mailings);
    expect(mailing?.status).toBe("completed");
    const [left] = await db.execute(sql`select count(*)::int as count from attempts
      where status in ('waiting', 'sending')`);
    expect(left).toEqual({ count: 0 });
  },
  20 * MINUTE,
);
