import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { localText } from "@/lib/core/local-time";
import { later, MINUTE } from "@/lib/core/time";
import { mailingRuns, mailings } from "@/lib/db/schema/mailings";
import { users, workspace } from "@/lib/db/schema/workspace";
import { changeMailing } from "@/lib/mailings/manage-mailing";
import { startDue } from "@/lib/mailings/runs/due";
import { idleRuns } from "@/lib/mailings/runs/due-queries";
import { lockMailing, type Mailing, runById, updateMailing } from "@/lib/mailings/runs/run-queries";
import { reopenMailing, setMailingActive } from "@/lib/mailings/send-mailing";
import { hold, waiting } from "../../support/locks";
import { asNew, createdMailing, mailingsOf, mailServerOf, sendingOf } from "../../support/mailings";
import { testOffice } from "../../support/office";
import { memberWith } from "../../support/whole-office";

const office = await testOffice();
const { db } = office.access;
const server = await mailServerOf();
let now = office.access.clock();
const access = { ...mailingsOf(office, server.settings), clock: () => now };
const { send } = sendingOf(office, access);

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await asNew(office);
  // Forms know minutes alone.
  now = new Date(Math.ceil(office.access.clock().getTime() / MINUTE) * MINUTE);
});

const one = [{ email: "user@example.kz" }];
const utc = (text: string) => new Date(`${text}Z`);

/** Looks at the clock every half an hour, as the tick does every minute, and sends what has begun. */
async function pass(until: Date, ms = 30 * MINUTE): Promise<void> {
  for (; now <= until; now = later(now, ms)) {
    await startDue(access);
    for (const id of await idleRuns(db, 10, now)) {
      const run = await runById(db, id);
      if (run) await send(run);
    }
  }
}

const begun = async () => {
  const rows = await db.select().from(mailingRuns).orderBy(asc(mailingRuns.number));
  return rows.map(({ startedAt }) => startedAt);
};

describe("a mailing that is repeated every day", () => {
  const days = (zone: string, first: string, until: string, odd: string[] = []) =>
    test(`at ${first} of ${zone} begins once a day until ${until}`, async () => {
      await db.update(workspace).set({ timeZone: zone });
      const firstAt = utc(first);
      now = later(firstAt, -60 * MINUTE);
      await createdMailing(office, one, { firstAt, nextRunAt: firstAt, repeats: "day" });
      await pass(utc(until));
      const shown = (await begun()).map((at) => localText(at, zone));
      const hour = localText(firstAt, zone).slice(11);
      const dates = shown.map((text) => text.slice(0, 10));
      expect(new Set(dates).size).toBe(dates.length);
      expect(dates.length).toBeGreaterThanOrEqual(4);
      const span = Date.parse(dates.at(-1) ?? "") - Date.parse(dates[0] ?? "");
      expect(span / (24 * 60 * MINUTE)).toBe(dates.length - 1);
      expect(server.taken).toHaveLength(dates.length);
      expect(shown.filter((text) => !text.endsWith(hour))).toEqual(odd);
    });

  // Just before and after midnight; the year's last day is among them.
  days("Asia/Almaty", "2026-12-29T18:30", "2027-01-02T20:00");
  days("Asia/Almaty", "2026-12-29T19:00", "2027-01-02T20:00");
  // Clocks were put back from midnight to eleven there, and the evening came twice.
  days("Asia/Almaty", "2024-02-27T17:30", "2024-03-02T20:00");
  // Half past two is left out on the 8th of March; half past one comes twice on the 1st of November.
  days("America/Adak", "2026-03-06T12:30", "2026-03-10T20:00", ["2026-03-08T03:00"]);
  days("America/Adak", "2026-10-30T10:30", "2026-11-03T20:00");
});

describe("a mailing whose time has come", () => {
  const due = () => ({ firstAt: now, nextRunAt: now });

  test("does not begin while there is no way for letters", async () => {
    await createdMailing(office, one, due());
    expect(await startDue({ ...access, openPost: null })).toBe(0);
    expect(await startDue(access)).toBe(1);
  });

  test("does not begin when its owner may write letters and not send them", async () => {
    const ownerId = await memberWith(office, `writer ${now.getTime()}`, [
      ...(["view_mailing", "edit_mailing"] as const),
    ]);
    const { id } = await createdMailing(office, one, { ...due(), ownerId });
    expect(await startDue(access)).toBe(0);
    const [left] = await db.select().from(mailings).where(eq(mailings.id, id));
    expect(left).toMatchObject({ status: "created", nextRunAt: null });
  });

  test("begins when somebody who may send has released it", async () => {
    const ownerId = await memberWith(office, `released ${now.getTime()}`, ["edit_mailing"]);
    await createdMailing(office, one, { ...due(), ownerId, approvedAt: now });
    expect(await startDue(access)).toBe(1);
  });

  test("does not begin when its owner is blocked", async () => {
    const ownerId = await memberWith(office, `blocked ${now.getTime()}`, ["send_mailing"]);
    await db.update(users).set({ isActive: false }).where(eq(users.id, ownerId));
    await createdMailing(office, one, { ...due(), ownerId, approvedAt: now });
    expect(await startDue(access)).toBe(0);
  });

  test("does not begin after its last moment, however late anybody looks", async () => {
    const ending = { ...due(), lastAt: later(now, MINUTE) };
    const { id } = await createdMailing(office, one, ending);
    now = later(now, MINUTE);
    expect(await startDue(access)).toBe(0);
    const [left] = await db.select().from(mailings).where(eq(mailings.id, id));
    expect(left?.status).toBe("created");
  });

  test("is not kept waiting by very many that nobody has released", async () => {
    await db.update(workspace).set({ mailingsWantApproval: true });
    const message = await createdMailing(office, one, due());
    const waiting = { ownerId: message.ownerId, messageId: message.messageId, createdAt: now };
    await db.insert(mailings).values(
      Array.from({ length: 120 }, () => ({
        ...{ ...waiting, updatedAt: now, firstAt: now, nextRunAt: later(now, -MINUTE) },
      })),
    );
    await db.update(mailings).set({ approvedAt: now }).where(eq(mailings.id, message.id));
    expect(await startDue(access)).toBe(1);
  });

  test("that was sent by hand before its first time comes at its first time, too", async () => {
    const firstAt = later(now, 3 * 24 * 60 * MINUTE);
    const mailing = await createdMailing(office, one, {
      ...{ firstAt, nextRunAt: firstAt, repeats: "week" },
    });
    const { begin } = sendingOf(office, access);
    await send(await begin(mailing));
    const [next] = await db.select().from(mailings).where(eq(mailings.id, mailing.id));
    expect(next).toMatchObject({ status: "created", nextRunAt: firstAt });
  });

  test("keeps the time of its next run when the failed are tried again before", async () => {
    const mailing = await createdMailing(office, one, { ...due(), repeats: "day" });
    await pass(now);
    const [waits] = await db.select().from(mailings).where(eq(mailings.id, mailing.id));
    expect(waits).toMatchObject({
      status: "created",
      nextRunAt: later(mailing.firstAt ?? now, 24 * 60 * MINUTE),
    });
    if (!waits) expect.fail("no mailing");
    const { begin } = sendingOf(office, access);
    const retry = await begin(waits, "retry");
    await send(retry);
    const [after] = await db.select().from(mailings).where(eq(mailings.id, mailing.id));
    expect(after).toMatchObject({ status: "created", nextRunAt: waits.nextRunAt });
  });
});

const saved = async ({ id }: Mailing) =>
  (await db.select().from(mailings).where(eq(mailings.id, id)))[0] ?? expect.fail("it is gone");
/** Its form, sent as it was found but for the recipients. */
async function changeRecipients(mailing: Mailing): Promise<void> {
  const { id, messageId, firstAt, lastAt, repeats } = await saved(mailing);
  const to = { toAll: true, tags: [], recipientIds: [] };
  const given = { id, messageId, firstAt, lastAt, repeats, ...to };
  await changeMailing(db, office.owner, given, now);
}

describe("a mailing that was sent already", () => {
  const begunOnce = (more: Partial<Mailing>) =>
    createdMailing(office, one, { firstAt: now, nextRunAt: now, ...more });

  test("and is repeated is not sent once more because it was changed", async () => {
    const mailing = await begunOnce({ repeats: "day" });
    await pass(now);
    await changeRecipients(mailing);
    await pass(later(now, 60 * MINUTE));
    expect(await begun()).toHaveLength(1);
    expect((await saved(mailing)).nextRunAt).toEqual(
      later(mailing.firstAt ?? now, 24 * 60 * MINUTE),
    );
  });

  test("once is not sent once more when it was made ready again and changed", async () => {
    const mailing = await begunOnce({});
    await pass(now);
    await reopenMailing(db, office.owner, mailing.id, now);
    await changeRecipients(mailing);
    await pass(later(now, 60 * MINUTE));
    expect(await begun()).toHaveLength(1);
  });

  test("and is repeated does not make up for what it missed while it was switched off", async () => {
    const mailing = await begunOnce({ repeats: "day" });
    const turn = (isActive: boolean) =>
      setMailingActive(db, office.owner, { id: mailing.id, isActive }, now);
    await turn(false);
    now = later(now, 90 * MINUTE);
    await turn(true);
    await pass(later(now, 60 * MINUTE));
    expect(await begun()).toEqual([]);
    expect((await saved(mailing)).nextRunAt).toEqual(
      later(mailing.firstAt ?? now, 24 * 60 * MINUTE),
    );
  });
});

describe("of many mailings whose time has come", () => {
  const due = () => ({ firstAt: now, nextRunAt: now });

  test("one that cannot begin keeps no other from it", async () => {
    const bad = await createdMailing(office, [{ email: "bad@example.kz" }], due());
    await createdMailing(office, one, { firstAt: now, nextRunAt: now });
    await db.execute(sql`create function refuse() returns trigger language plpgsql as
      $$ begin raise 'no run of this one'; end $$`);
    await db.execute(sql`create trigger refuse before insert on mailing_runs for each row
      when (new.mailing_id = ${sql.raw(`${bad.id}`)}) execute function refuse()`);
    try {
      expect(await startDue(access)).toBe(1);
    } finally {
      await db.execute(sql`drop function refuse cascade`);
    }
    expect(await startDue(access)).toBe(1);
  });

  test("one that is switched off just then keeps its time", async () => {
    const mailing = await createdMailing(office, one, due());
    const held = await hold(db, (tx) => lockMailing(tx, mailing.id));
    const begins = startDue(access);
    await waiting(db, 1);
    await held.also((tx) => updateMailing(tx, mailing.id, { isActive: false }));
    await held.release();
    expect(await begins).toBe(0);
    expect((await saved(mailing)).nextRunAt).toEqual(mailing.nextRunAt);
  });
});
