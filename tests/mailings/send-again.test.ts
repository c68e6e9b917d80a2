import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { attempts, mailingRuns } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { gotSince, sentAgain } from "@/lib/mailings/again-queries";
import { mailingFigures } from "@/lib/mailings/figure-queries";
import type { Run } from "@/lib/mailings/runs/run-queries";
import { type Again, cancelMailing, reopenMailing, sendAgainTo } from "@/lib/mailings/send-mailing";
import {
  asNew,
  createdMailing,
  mailingsOf,
  mailServerOf,
  people,
  refusal,
  sendingOf,
} from "../support/mailings";
import { testOffice } from "../support/office";

const office = await testOffice();
const { owner } = office;
const { db, clock } = office.access;
const server = await mailServerOf();
const { begin, send } = sendingOf(office, mailingsOf(office, server.settings));

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await asNew(office);
});

const refuses = (...nths: number[]) =>
  server.behaves({
    rcpt: (address) =>
      nths.some((nth) => address.startsWith(`user${nth}@`)) ? refusal(554, "no") : undefined,
  });
const takenAgain = () => server.taken.map(({ to }) => to).sort();
const again = (run: Run, more: Partial<Again> = {}) =>
  sendAgainTo(
    db,
    owner,
    { id: run.mailingId, run: run.number, end: "failure", attemptId: null, ...more },
    clock(),
  );
const attemptOf = async ({ id }: Run, nth: number) => {
  const email = `user${nth}@example.kz`;
  const [row] = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.runId, id), eq(attempts.email, email)));
  return row ?? expect.fail(`nobody was ${email}`);
};
/** Nobody knows what became of its letter: its sender died. */
const lose = async (run: Run, nth: number) => {
  const { id } = await attemptOf(run, nth);
  await db.update(attempts).set({ status: "unknown" }).where(eq(attempts.id, id));
};

/** Five letters, of which two have failed and the last is unknown. */
async function firstRun(): Promise<Run> {
  refuses(0, 1);
  const run = await begin(await createdMailing(office, people(5)));
  await send(run);
  await lose(run, 4);
  server.behaves({});
  server.taken.length = 0;
  return run;
}

describe("letters of a run are sent again", () => {
  test("to all it failed for, and to nobody else", async () => {
    const first = await firstRun();
    expect(await sentAgain(db, first)).toEqual({ failure: 2, unknown: 1 });
    const second = await again(first);
    expect(second).toMatchObject({ number: 2, trigger: "retry", total: 2 });
    await send(second);
    expect(takenAgain()).toEqual(["user0@example.kz", "user1@example.kz"]);
  });

  test("one by one, whichever run is the newest", async () => {
    const first = await firstRun();
    await send(await again(first));
    server.taken.length = 0;
    const { id } = await attemptOf(first, 4);
    const third = await again(first, { end: "unknown", attemptId: id });
    expect(third).toMatchObject({ number: 3, total: 1 });
    await send(third);
    expect(takenAgain()).toEqual(["user4@example.kz"]);
  });

  test("not to who has the letter of a later run, or may have it", async () => {
    const first = await firstRun();
    refuses(1);
    const second = await again(first);
    await send(second);
    expect(await sentAgain(db, first)).toEqual({ failure: 1, unknown: 1 });
    await lose(second, 1);
    expect(await sentAgain(db, first)).toEqual({ failure: 0, unknown: 1 });
    await expect(again(first)).rejects.toMatchObject({ key: "mailing_nobody_again" });
    expect(await db.$count(mailingRuns)).toBe(2);
    const ids = await Promise.all([0, 1, 4].map(async (nth) => attemptOf(first, nth)));
    const known = ids.flatMap(({ recipientId }) => recipientId ?? []);
    const got = await gotSince(db, first, known);
    expect(known.map((id) => got.has(id))).toEqual([true, true, false]);
  });

  test("not to whom a letter is on its way of a later run that was cancelled", async () => {
    const first = await firstRun();
    const second = await again(first);
    const { id } = await attemptOf(second, 1);
    await db
      .update(attempts)
      .set({ status: "sending", tries: 1, leaseUntil: later(clock(), MINUTE) })
      .where(eq(attempts.id, id));
    await cancelMailing(db, owner, first.mailingId, clock());
    await reopenMailing(db, owner, first.mailingId, clock());
    expect(await sentAgain(db, first)).toEqual({ failure: 1, unknown: 1 });
    const { recipientId } = await attemptOf(first, 1);
    expect(await gotSince(db, first, [recipientId ?? ""])).toEqual(new Set([recipientId]));
    await send(await again(first));
    expect(takenAgain()).toEqual(["user0@example.kz"]);
  });

  test("not to who has unsubscribed, nor to one whose attempt is not of that end", async () => {
    const first = await firstRun();
    const sent = await attemptOf(first, 2);
    await expect(again(first, { attemptId: sent.id })).rejects.toMatchObject({
      key: "mailing_nobody_again",
    });
    await db.update(recipients).set({ unsubscribedAt: clock() });
    expect(await sentAgain(db, first)).toEqual({ failure: 0, unknown: 0 });
    await expect(again(first)).rejects.toMatchObject({ key: "mailing_nobody_again" });
  });

  test("never of a run that was not", async () => {
    const first = await firstRun();
    await expect(again({ ...first, number: 7 })).rejects.toMatchObject({
      key: "mailing_never_sent",
    });
  });
});

test("figures are by owner, of the runs of the period alone", async () => {
  await firstRun();
  const old = await begin(await createdMailing(office, [{ email: "old@example.kz" }]));
  await send(old);
  const before = new Date(clock().getTime() - 31 * DAY);
  await db.update(mailingRuns).set({ startedAt: before }).where(eq(mailingRuns.id, old.id));
  const now = clock();
  const lately = await mailingFigures(db, owner, { days: 30, now });
  expect(lately).toMatchObject({ total: 2, active: 0, recipients: 6 });
  expect(lately.byOwner).toMatchObject([{ ownerId: owner.id, runs: 1, succeeded: 3, failed: 2 }]);
  const [all] = (await mailingFigures(db, owner, { days: 90, now })).byOwner;
  expect(all).toMatchObject({ runs: 2, succeeded: 4 });
  const blind = { ...owner, permissions: new Set(owner.permissions) };
  blind.permissions.delete("view_recipient");
  expect((await mailingFigures(db, blind, { days: 30, now })).recipients).toBeNull();
});
