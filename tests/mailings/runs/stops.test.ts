import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { attempts, mailingRuns, mailings } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { users } from "@/lib/db/schema/workspace";
import { askForIdleRuns, settleLost } from "@/lib/mailings/runs/due";
import { type Run, runById } from "@/lib/mailings/runs/run-queries";
import { sendRun } from "@/lib/mailings/runs/send-run";
import {
  cancelMailing,
  pauseMailing,
  resumeMailing,
  setMailingActive,
} from "@/lib/mailings/send-mailing";
import { openNotice } from "@/lib/notices/queries";
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
const { owner, twin } = office;
const { db, clock } = office.access;
const server = await mailServerOf();
const access = mailingsOf(office, server.settings);
const { begin, send } = sendingOf(office, access);

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await asNew(office);
});

const isUser = (nth: number) => eq(recipients.email, `user${nth}@example.kz`);
const stateOf = async (mailingId: number) =>
  (await db.select().from(mailings).where(eq(mailings.id, mailingId)))[0];
const tried = async (run: Run) => {
  const rows = await db.select().from(attempts).where(eq(attempts.runId, run.id));
  return rows.toSorted((a, b) => a.nth - b.nth);
};
const takenFrom = () => server.taken.map(({ to }) => to).sort();

/** Once, when the first letter was taken. */
const afterTheFirst = (work: () => Promise<unknown>) => {
  let isFirst = true;
  server.behaves({
    taken: async () => {
      if (isFirst) await work();
      isFirst = false;
    },
  });
};

describe("while a run is under way", () => {
  test("whoever unsubscribes, bounces or is deleted gets its letter no more, and the attempt says why", async () => {
    const mailing = await createdMailing(office, people(6));
    const run = await begin(mailing);
    const [first] = await tried(run);
    const others = [0, 1, 2, 3, 4, 5].filter((nth) => first?.email !== `user${nth}@example.kz`);
    const [leaves = 0, bounces = 0, goes = 0, ...rest] = others;
    afterTheFirst(async () => {
      await db.update(recipients).set({ unsubscribedAt: clock() }).where(isUser(leaves));
      await db.update(recipients).set({ bouncedAt: clock() }).where(isUser(bounces));
      await db.delete(recipients).where(isUser(goes));
    });
    const sent = await send(run, { atOnce: 1 });
    expect(sent).toMatchObject({
      run: { state: "completed", succeeded: 3, skipped: 3, failed: 0 },
    });
    const kept = [first?.email, ...rest.map((nth) => `user${nth}@example.kz`)];
    expect(takenFrom()).toEqual(kept.sort());
    const reasons = new Map((await tried(run)).map((row) => [row.email, row]));
    expect(reasons.get(`user${leaves}@example.kz`)).toMatchObject({
      ...{ status: "skipped", reason: "unsubscribed" },
    });
    expect(reasons.get(`user${bounces}@example.kz`)).toMatchObject({
      ...{ status: "skipped", reason: "bounced" },
    });
    expect(reasons.get(`user${goes}@example.kz`)).toMatchObject({
      ...{ status: "skipped", reason: "deleted" },
    });
  });

  test("a box that is not there is not held against an address that was written in meanwhile", async () => {
    server.behaves({ data: () => refusal(550, "5.1.1 no such user") });
    const mailing = await createdMailing(office, people(1));
    const run = await begin(mailing);
    await db.update(recipients).set({ email: "another@example.kz" });
    await send(run);
    const [recipient] = await db.select().from(recipients);
    expect(recipient).toMatchObject({ email: "another@example.kz", bouncedAt: null });
  });

  test.each([
    ["paused", (id: number) => pauseMailing(db, owner, id, clock())],
    ["switched off", (id: number) => setMailingActive(db, owner, { id, isActive: false }, clock())],
  ])(
    "it stops between two letters when it is %s, and goes on where it stood",
    async (_how, stop) => {
      const mailing = await createdMailing(office, people(8));
      const run = await begin(mailing);
      afterTheFirst(() => stop(mailing.id));
      expect(await send(run, { atOnce: 1 })).toMatchObject({
        state: "over",
        run: { state: "paused" },
      });
      expect(server.taken).toHaveLength(1);
      expect(await stateOf(mailing.id)).toMatchObject({ status: "paused" });
      expect(await askForIdleRuns(access)).toBe(0);
      await setMailingActive(db, owner, { id: mailing.id, isActive: true }, clock());
      await resumeMailing(db, owner, mailing.id, clock());
      expect(await send(run)).toMatchObject({ state: "over", run: { succeeded: 8 } });
      expect(new Set(takenFrom()).size).toBe(8);
      expect(server.taken).toHaveLength(8);
    },
  );

  test("it stops when its owner is let in no more, and goes on when they are and say so", async () => {
    const letIn = (isActive: boolean) =>
      db.update(users).set({ isActive }).where(eq(users.id, owner.id));
    const mailing = await createdMailing(office, people(8));
    const run = await begin(mailing);
    afterTheFirst(() => letIn(false));
    await send(run, { atOnce: 1 });
    expect(server.taken).toHaveLength(1);
    expect(await runById(db, run.id)).toMatchObject({ state: "paused", pauseReason: "owner" });
    expect(await openNotice(db, "mailing_stopped", `${mailing.id}`)).not.toBeNull();
    await letIn(true);
    await resumeMailing(db, owner, mailing.id, clock());
    expect(await send(run)).toMatchObject({ state: "over", run: { succeeded: 8 } });
  });

  test("it ends when it is cancelled: what has not left leaves no more", async () => {
    const mailing = await createdMailing(office, people(8));
    const run = await begin(mailing);
    afterTheFirst(() => cancelMailing(db, owner, mailing.id, clock()));
    await send(run, { atOnce: 1 });
    expect(server.taken).toHaveLength(1);
    expect(await runById(db, run.id)).toMatchObject({
      ...{ state: "cancelled", succeeded: 1, skipped: 7 },
    });
    expect(await stateOf(mailing.id)).toMatchObject({ status: "cancelled", nextRunAt: null });
  });

  test("a letter that the server would take later does not wait in a run that was cancelled", async () => {
    const mailing = await createdMailing(office, people(1));
    const run = await begin(mailing);
    let asked = false;
    server.behaves({
      rcpt: () => {
        asked = true;
        return refusal(451, "4.7.1 greylisted");
      },
    });
    const sending = send(run);
    await expect.poll(() => asked).toBe(true);
    await cancelMailing(db, owner, mailing.id, clock());
    await sending;
    const [row] = await tried(run);
    // Whichever of the two was first.
    expect(row).toMatchObject({ status: "skipped", reason: "cancelled" });
    expect(await runById(db, run.id)).toMatchObject({ state: "cancelled", skipped: 1 });
  });

  test("its last moment comes: the rest is not sent, and says so", async () => {
    const mailing = await createdMailing(office, people(6), { lastAt: later(clock(), MINUTE) });
    const run = await begin(mailing);
    afterTheFirst(async () => twin.advance({ ms: MINUTE }));
    const sent = await send(run, { atOnce: 1, ms: 10 * MINUTE });
    expect(sent).toMatchObject({ run: { state: "completed", succeeded: 1, failed: 5 } });
    expect((await tried(run)).slice(1).map(({ reason }) => reason)).toEqual(Array(5).fill("late"));
    expect(server.taken).toHaveLength(1);
  });
});

test("what waits for its next try past the last moment ends at it, not at its try", async () => {
  server.behaves({ rcpt: () => refusal(451, "4.7.1 greylisted") });
  const mailing = await createdMailing(office, people(1), { lastAt: later(clock(), 2 * MINUTE) });
  const run = await begin(mailing);
  await send(run);
  twin.advance({ ms: MINUTE });
  await send(run);
  expect((await tried(run))[0]).toMatchObject({ status: "waiting", tries: 2 });
  expect(await askForIdleRuns(access)).toBe(0);
  twin.advance({ ms: MINUTE });
  expect(await askForIdleRuns(access)).toBe(1);
  expect(await send(run)).toMatchObject({ run: { state: "completed", failed: 1 } });
});

test("what was on its way in a run that was stopped since is unknown when its sender has died", async () => {
  const mailing = await createdMailing(office, people(3));
  const run = await begin(mailing);
  const leaseUntil = later(clock(), 5 * MINUTE);
  await db
    .update(attempts)
    .set({ status: "sending", tries: 1, leaseUntil })
    .where(eq(attempts.nth, 2));
  await cancelMailing(db, owner, mailing.id, clock());
  await settleLost(access);
  expect((await tried(run))[1]).toMatchObject({ status: "sending" });
  twin.advance({ ms: 5 * MINUTE });
  await settleLost(access);
  expect((await tried(run))[1]).toMatchObject({ status: "unknown", reason: "interrupted" });
  expect(await runById(db, run.id)).toMatchObject({ skipped: 2, unknown: 1 });
});

test("a run of which nothing is due is left alone until something is", async () => {
  server.behaves({ rcpt: () => refusal(451, "4.7.1 greylisted") });
  const run = await begin(await createdMailing(office, people(1)));
  expect(await askForIdleRuns(access)).toBe(1);
  await send(run);
  expect(await askForIdleRuns(access)).toBe(0);
  twin.advance({ ms: MINUTE });
  expect(await askForIdleRuns(access)).toBe(1);
  await db.update(mailingRuns).set({ workedUntil: later(clock(), MINUTE) });
  expect(await askForIdleRuns(access)).toBe(0);
});

test("whoever is told to stop waits for the letters that are on their way", async () => {
  const run = await begin(await createdMailing(office, people(10)));
  const stop = new AbortController();
  const count = (status: "success" | "sending") => db.$count(attempts, eq(attempts.status, status));
  let letThrough = () => {};
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let taken = 0;
  server.behaves({
    taken: async () => {
      taken += 1;
      if (taken < 5) return gate;
      // All five are with the server, and the last is the first to be answered.
      stop.abort(new Error("the process is stopping"));
    },
  });
  const post = access.openPost?.() ?? expect.fail("no mail server");
  const options = { by: crypto.randomUUID(), post, until: later(clock(), MINUTE) };
  const left = sendRun(access, run.id, { ...options, signal: stop.signal }).then(
    () => expect.fail("it was not stopped"),
    () => count("sending"),
  );
  await expect.poll(() => count("success")).toBe(1);
  for (let nth = 0; nth < 20; nth += 1) await count("sending");
  letThrough();
  expect(await left).toBe(0);
  post.close();
  expect(await count("success")).toBe(5);
  server.behaves({});
  twin.advance({ ms: 2 * MINUTE });
  expect(await send(run)).toMatchObject({ run: { succeeded: 10, unknown: 0 } });
  expect(server.taken).toHaveLength(10);
});
