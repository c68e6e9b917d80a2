import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { HOUR, MINUTE, SECOND } from "@/lib/core/time";
import { connect } from "@/lib/db/client";
import { attempts } from "@/lib/db/schema/mailings";
import { workspace } from "@/lib/db/schema/workspace";
import { paceWithin } from "@/lib/mailings/runs/limit-rules";
import { takePlace } from "@/lib/mailings/runs/place";
import {
  asNew,
  createdMailing,
  mailingsOf,
  mailServerOf,
  people,
  refusal,
  sendingOf,
} from "../../support/mailings";
import { testOffice } from "../../support/office";

const office = await testOffice();
const { db, clock } = office.access;
const server = await mailServerOf();
const access = mailingsOf(office, server.settings);
const { begin, send } = sendingOf(office, access);

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await asNew(office);
});

const others = (count: number) =>
  people(count).map(({ email, ...more }) => ({ ...more, email: `other-${email}` }));

/** The most of these moments that lie within such a time, wherever it begins. */
function mostWithin(moments: readonly number[], periodMs: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  const counts = sorted.map(
    (from) => sorted.filter((at) => at >= from && at < from + periodMs).length,
  );
  return Math.max(0, ...counts);
}

describe("the limits of letters", () => {
  test("let no more than so many through in any minute, and almost as many when there are enough", () => {
    const most = fc.integer({ min: 1, max: 400 });
    const atOnce = fc.double({ min: 0, max: 400, noNaN: true });
    const rests = fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 5 });
    fc.assert(
      fc.property(most, atOnce, rests, (limit, together, pauses) => {
        const { everyMs, burst } = paceWithin(limit, MINUTE, together);
        const moments: number[] = [];
        let [at, pacedUntil] = [0, 0];
        for (const pause of [...pauses, 0]) {
          for (let nth = 0; nth < 2 * limit; nth += 1) {
            at = Math.max(at, pacedUntil - (burst - 1) * everyMs);
            moments.push(at);
            pacedUntil = Math.max(pacedUntil, at) + everyMs;
          }
          at += pause;
        }
        // A thousandth of a millisecond is what a sum of fractions may be wrong by.
        expect(mostWithin(moments, MINUTE - 0.001)).toBeLessThanOrEqual(limit);
        expect(everyMs * (limit - burst + 1)).toBeCloseTo(MINUTE);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ["a minute", { lettersPerMinute: 10 }, MINUTE],
    ["an hour", { lettersPerHour: 10 }, HOUR],
  ])("of %s hold, wherever it begins", async (_name, limits, periodMs) => {
    await db.update(workspace).set(limits);
    const run = await begin(await createdMailing(office, people(30)));
    // Step by step, as the job does: asked again when the limits let the next one leave.
    for (let sent = await send(run, { atOnce: 1 }); sent.state === "goesOn"; ) {
      office.twin.advance({ ms: Math.max(0, sent.at.getTime() - clock().getTime()) });
      sent = await send(run, { atOnce: 1 });
    }
    const rows = await db.select({ at: attempts.at }).from(attempts);
    const moments = rows.map(({ at }) => at?.getTime() ?? 0);
    expect(moments).toHaveLength(30);
    // The first is a little late in the books: there its connection was opened.
    expect(mostWithin(moments, periodMs - 5 * SECOND)).toBeLessThanOrEqual(10);
  });

  test("hold over all runs together", async () => {
    await db.update(workspace).set({ lettersPerMinute: 20 });
    const runs = [
      await begin(await createdMailing(office, people(30))),
      await begin(await createdMailing(office, others(30))),
    ];
    const from = clock().getTime();
    await Promise.all(runs.map((run) => send(run, { ms: 20 * MINUTE })));
    expect(server.taken).toHaveLength(60);
    // Sixty letters, twenty of them in the first minute at the most.
    expect(clock().getTime() - from).toBeGreaterThanOrEqual(3 * MINUTE);
  });

  test("count in every process together", async () => {
    const limits = { lettersPerMinute: 10, lettersPerHour: 100 };
    const another = connect(office.database.url, 5);
    try {
      const now = clock();
      const ask = (of: typeof db) => takePlace(of, limits, now);
      const asked = Array.from({ length: 10 }, (_, nth) => ask(nth % 2 ? db : another.db));
      const places = (await Promise.all(asked)).filter((wait) => wait === null);
      expect(places).toHaveLength(1);
    } finally {
      await another.sql.end();
      await another.locks.end();
    }
  });

  test("are not used up by looking for letters that are not there", async () => {
    await db.update(workspace).set({ lettersPerHour: 12 });
    server.behaves({ rcpt: () => refusal(451, "4.7.1 greylisted") });
    const waits = await begin(await createdMailing(office, people(1)));
    for (let nth = 0; nth < 20; nth += 1) await send(waits);
    server.behaves({});
    const next = await begin(await createdMailing(office, others(2)));
    expect(await send(next)).toMatchObject({ state: "over", run: { succeeded: 2 } });
  });

  test("that are used up say when a letter may leave again", async () => {
    await db.update(workspace).set({ lettersPerHour: 1 });
    const run = await begin(await createdMailing(office, people(2)));
    const sent = await send(run);
    expect(sent.state).toBe("goesOn");
    const inMs = sent.state === "goesOn" ? sent.at.getTime() - clock().getTime() : 0;
    expect(inMs).toBeGreaterThan(HOUR - 2 * MINUTE);
    expect(inMs).toBeLessThanOrEqual(HOUR);
  });
});
