import { randomUUID } from "node:crypto";
import { eq, isNotNull, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { attempts, mailingRuns, mailings } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { workspace } from "@/lib/db/schema/workspace";
import { beginRun } from "@/lib/mailings/runs/begin-run";
import { startDue } from "@/lib/mailings/runs/due";
import { type Mailing, type Run, runById, type Trigger } from "@/lib/mailings/runs/run-queries";
import { sendRun } from "@/lib/mailings/runs/send-run";
import { resumeMailing } from "@/lib/mailings/send-mailing";
import { openNotice } from "@/lib/notices/queries";
import { createdMailing, mailingsOf, mailServerOf, refusal } from "../../support/mailings";
import { testOffice } from "../../support/office";

const office = await testOffice();
const { owner, twin } = office;
const { db, clock } = office.access;
const server = await mailServerOf();
const access = mailingsOf(office, server.settings);

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await db.delete(mailings);
  await db.delete(recipients);
  await db.update(workspace).set({
    ...{ lettersPerMinute: 100_000, lettersPerHour: 1_000_000 },
    ...{ failuresToPause: 20, mailingsWantApproval: false },
  });
  twin.advance({ ms: 60 * MINUTE });
});

const people = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({
    email: `user${nth}@example.kz`,
    fullName: `Имя ${nth}`,
  }));

const begin = (mailing: Mailing, trigger: Trigger = "manual"): Promise<Run> =>
  db.transaction((tx) => beginRun(tx, { mailing, trigger, startedBy: owner.id }, clock()));

async function send(run: Run, { by = randomUUID(), ms = 20_000 } = {}) {
  const post = access.openPost?.() ?? expect.fail("no mail server");
  try {
    return await sendRun(access, run.id, { by, post, until: later(clock(), ms) });
  } finally {
    post.close();
  }
}
const stateOf = async (mailing: Mailing) =>
  (await db.select().from(mailings).where(eq(mailings.id, mailing.id)))[0];
const tried = (run: Run) => db.select().from(attempts).where(eq(attempts.runId, run.id));

describe("a run", () => {
  test("tries everybody once, each with their own words, and ends its mailing", async () => {
    const mailing = await createdMailing(office, people(30));
    const run = await begin(mailing);
    expect(run).toMatchObject({ number: 1, total: 30, skipped: 0 });
    expect(await send(run)).toMatchObject({
      state: "over",
      run: { state: "completed", succeeded: 30 },
    });
    expect(new Set(server.taken.map(({ to }) => to)).size).toBe(30);
    expect(server.taken).toHaveLength(30);
    const one = server.taken.find(({ to }) => to === "user7@example.kz");
    const unfolded = one?.raw.replace(/\r\n /g, " ");
    expect(unfolded).toMatch(
      /List-Unsubscribe: +<https:\/\/office\.example\.kz\/unsubscribe\/\S+\/now>/,
    );
    expect(unfolded).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(await stateOf(mailing)).toMatchObject({ status: "completed" });
    const rows = await tried(run);
    expect(
      rows.every(
        ({ status, smtpCode, serverResponse }) =>
          status === "success" && smtpCode === 250 && serverResponse?.startsWith("250"),
      ),
    ).toBe(true);
  });

  test("leaves out who wants no letters and whose box is not there, and says why", async () => {
    const mailing = await createdMailing(office, people(4));
    const isNth = (nth: number) => eq(recipients.email, `user${nth}@example.kz`);
    await db.update(recipients).set({ unsubscribedAt: clock() }).where(isNth(1));
    await db.update(recipients).set({ bouncedAt: clock() }).where(isNth(2));
    const run = await begin(mailing);
    expect(await send(run)).toMatchObject({ run: { total: 4, skipped: 2, succeeded: 2 } });
    const reasons = (await tried(run)).flatMap(({ reason }) => reason ?? []).sort();
    expect(reasons).toEqual(["bounced", "unsubscribed"]);
    expect(server.taken).toHaveLength(2);
  });

  test("of two who send it at once is sent by one", async () => {
    const mailing = await createdMailing(office, people(40));
    const run = await begin(mailing);
    const both = await Promise.all([send(run), send(run)]);
    expect(both.map(({ state }) => state).sort()).toEqual(["busy", "over"]);
    expect(server.taken).toHaveLength(40);
  });

  test("whose sender has died goes on with another; what was on its way is unknown and not sent again", async () => {
    const mailing = await createdMailing(office, people(10));
    const run = await begin(mailing);
    const leaseUntil = later(clock(), MINUTE);
    await db
      .update(attempts)
      .set({ status: "sending", tries: 1, leaseUntil })
      .where(sql`${attempts.runId} = ${run.id} and ${attempts.nth} <= 3`);
    await db.update(mailingRuns).set({ workedBy: randomUUID(), workedUntil: leaseUntil });
    expect(await send(run)).toEqual({ state: "busy" });
    twin.advance({ ms: MINUTE });
    expect(await send(run)).toMatchObject({
      ...{ state: "over", run: { state: "completed", succeeded: 7, unknown: 3 } },
    });
    expect(server.taken).toHaveLength(7);
  });

  test("that is refused too often stops by itself, and says so", async () => {
    server.behaves({ rcpt: () => refusal(554, "5.7.1 spam") });
    const mailing = await createdMailing(office, people(120));
    const run = await begin(mailing);
    const sent = await send(run);
    const stopped = await runById(db, run.id);
    expect(sent.state).toBe("over");
    expect(stopped).toMatchObject({ state: "paused", pauseReason: "failures" });
    expect(stopped?.failed).toBeGreaterThanOrEqual(50);
    expect(stopped?.failed).toBeLessThan(60);
    expect(await stateOf(mailing)).toMatchObject({ status: "paused" });
    const told = () => openNotice(db, "mailing_stopped", `${mailing.id}`);
    expect(await told()).toMatchObject({ mailing: mailing.id, reason: "failures" });
    await resumeMailing(db, owner, mailing.id, clock());
    expect(await told()).toBeNull();
  });

  test("that the server refuses to us stops at once, and nobody's letter has failed for it", async () => {
    server.behaves({
      from: () => refusal(550, "5.7.1 unknown user: we do not take letters of yours"),
    });
    const mailing = await createdMailing(office, people(20));
    const run = await begin(mailing);
    expect(await send(run)).toMatchObject({ state: "over", run: { state: "paused" } });
    expect(await runById(db, run.id)).toMatchObject({ pauseReason: "settings", failed: 0 });
    expect(await db.$count(recipients, isNotNull(recipients.bouncedAt))).toBe(0);
    const rows = await tried(run);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["waiting"]));
    expect(rows.some(({ serverResponse }) => serverResponse?.includes("letters of yours"))).toBe(
      true,
    );
    server.behaves({});
    await resumeMailing(db, owner, mailing.id, clock());
    expect(await send(run)).toMatchObject({ run: { state: "completed", succeeded: 20 } });
  });

  test("waits where the server asks for it, and goes on when it is time", async () => {
    let refused = 0;
    server.behaves({
      rcpt: (address) => {
        if (address !== "user0@example.kz" || refused > 0) return undefined;
        refused += 1;
        return refusal(451, "4.7.1 greylisted");
      },
    });
    const mailing = await createdMailing(office, people(3));
    const run = await begin(mailing);
    const waits = await send(run);
    expect(waits).toMatchObject({ state: "goesOn" });
    const [asked] = await db.select().from(attempts).where(eq(attempts.status, "waiting"));
    expect(asked).toMatchObject({ tries: 1, smtpCode: 451, email: "user0@example.kz" });
    expect(waits).toMatchObject({ at: asked?.nextAt });
    expect(await stateOf(mailing)).toMatchObject({ status: "running" });
    twin.advance({ ms: MINUTE });
    expect(await send(run)).toMatchObject({ state: "over", run: { succeeded: 3 } });
  });

  test("sends nothing after its last moment, and says of whom", async () => {
    const mailing = await createdMailing(office, people(5), { lastAt: later(clock(), MINUTE) });
    const run = await begin(mailing);
    twin.advance({ ms: MINUTE });
    expect(await send(run)).toMatchObject({ state: "over", run: { failed: 5 } });
    expect((await tried(run)).map(({ reason }) => reason)).toEqual(Array(5).fill("late"));
    expect(server.taken).toHaveLength(0);
  });
});

describe("a mailing whose time has come", () => {
  test("begins by itself once, whoever looks", async () => {
    const due = { firstAt: clock(), nextRunAt: clock() };
    const mailing = await createdMailing(office, people(2), due);
    const begun = await Promise.all([startDue(access), startDue(access)]);
    expect(begun[0] + begun[1]).toBe(1);
    const runs = await db.select().from(mailingRuns);
    expect(runs).toMatchObject([{ mailingId: mailing.id, trigger: "schedule", number: 1 }]);
  });

  test("waits for a second person where one must release it", async () => {
    await db.update(workspace).set({ mailingsWantApproval: true });
    const mailing = await createdMailing(office, people(2), {
      firstAt: clock(),
      nextRunAt: clock(),
    });
    expect(await startDue(access)).toBe(0);
    await db.update(mailings).set({ approvedAt: clock() }).where(eq(mailings.id, mailing.id));
    expect(await startDue(access)).toBe(1);
  });

  test("that is switched off does not begin", async () => {
    await createdMailing(office, people(2), {
      firstAt: clock(),
      nextRunAt: clock(),
      isActive: false,
    });
    expect(await startDue(access)).toBe(0);
  });

  test("and that is repeated waits for its next time after each run", async () => {
    const firstAt = new Date(Math.floor(clock().getTime() / MINUTE) * MINUTE);
    const due = { firstAt, nextRunAt: firstAt, repeats: "day" as const };
    const mailing = await createdMailing(office, people(2), due);
    await startDue(access);
    const [run] = await db.select().from(mailingRuns);
    if (run) await send(run);
    expect(await stateOf(mailing)).toMatchObject({
      status: "created",
      nextRunAt: later(due.firstAt, 24 * 60 * MINUTE),
    });
  });
});

test("what a name or a subject holds begins no header", async () => {
  const evil = "Иван\r\nBcc: victim@example.kz";
  const mailing = await createdMailing(
    office,
    [{ email: "ivan@example.kz", fullName: evil }],
    {},
    { subject: "Здравствуйте, {{name}}\r\nX-Evil: 1" },
  );
  await send(await begin(mailing));
  const [letter] = server.taken;
  const [head = ""] = letter?.raw.split("\r\n\r\n") ?? [];
  expect(head).not.toMatch(/^(Bcc|X-Evil):/im);
  expect(letter?.to).toBe("ivan@example.kz");
  expect(server.taken).toHaveLength(1);
});
