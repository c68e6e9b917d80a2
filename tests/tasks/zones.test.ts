import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { dueText, taskLine } from "@/app/(office)/tasks/task-line";
import { queryOf } from "@/lib/bot/task-query";
import { instantAt, localDate, localText } from "@/lib/core/local-time";
import { DAY, later, MINUTE } from "@/lib/core/time";
import { taskCategories, taskClock } from "@/lib/db/schema/tasks";
import { tellingSettings, tellings } from "@/lib/db/schema/telegram";
import { notices, users } from "@/lib/db/schema/workspace";
import { translator } from "@/lib/i18n/translator";
import { raiseNotice } from "@/lib/notices/queries";
import { addRule } from "@/lib/tasks/change-rule";
import { followNotices } from "@/lib/tasks/follow-notices";
import { listTasks } from "@/lib/tasks/list-queries";
import { makeTask } from "@/lib/tasks/make-task";
import { makeCategory } from "@/lib/tasks/manage-categories";
import { tellDue } from "@/lib/tasks/tell-due";
import { makeDigests } from "@/lib/telling/make-digests";
import { apiOf, keyOf } from "../support/api";
import { testOffice } from "../support/office";
import { telegramOf } from "../support/telling";

const office = await testOffice();
const { owner } = office;
const { db } = office.access;
let now = new Date();
const clock = () => now;
const access = { db, clock, salt: "the salt of tests" };
const { telling, linked } = await telegramOf(office);
await linked(owner);
const { call } = apiOf(
  { ...office, access: { ...office.access, clock } },
  await keyOf(office, owner.id),
);

const QUARTER = 15 * MINUTE;

/** The day on which clocks change, and its ends as anybody may write them. */
const changes = [
  {
    ...{ zone: "America/Adak", day: "2026-03-08", next: "2026-03-09" },
    ...{ from: "2026-03-08T00:00:00-10:00", until: "2026-03-09T00:00:00-09:00", hours: 23 },
  },
  {
    ...{ zone: "America/Adak", day: "2026-11-01", next: "2026-11-02" },
    ...{ from: "2026-11-01T00:00:00-09:00", until: "2026-11-02T00:00:00-10:00", hours: 25 },
  },
  {
    ...{ zone: "Asia/Almaty", day: "2004-03-28", next: "2004-03-29" },
    ...{ from: "2004-03-28T00:00:00+06:00", until: "2004-03-29T00:00:00+07:00", hours: 23 },
  },
  {
    ...{ zone: "Asia/Almaty", day: "2024-02-29", next: "2024-03-01" },
    ...{ from: "2024-02-29T00:00:00+06:00", until: "2024-03-01T00:00:00+05:00", hours: 25 },
  },
];

describe.each(changes)("where clocks change in $zone on $day", (change) => {
  const { zone, day, next, from, until, hours } = change;
  const at = (local: string) => instantAt(local, zone);
  let list: string;

  beforeEach(async () => {
    for (const table of [taskCategories, taskClock, tellings, tellingSettings, notices])
      await db.delete(table);
    await db.update(users).set({ timeZone: zone }).where(eq(users.id, owner.id));
    now = later(new Date(from), -2 * DAY);
    list = await makeCategory(access, owner, { name: "Склад", members: [] });
  });

  const task = (title: string, dueAt: Date) =>
    makeTask(access, owner, { title, dueAt, categoryId: list });
  async function found(query: Record<string, string>): Promise<string[]> {
    const { body } = await call("GET", `/tasks/?${new URLSearchParams(query)}`);
    return body.results.map(({ title }: { title: string }) => title).sort();
  }

  test("a day has all its deadlines and no other's: in the API, in the bot and on the page", async () => {
    const ends = [new Date(from), new Date(until)] as const;
    expect((ends[1].getTime() - ends[0].getTime()) / (60 * MINUTE)).toBe(hours);
    const deadlines = {
      before: later(ends[0], -1),
      first: ends[0],
      noon: at(`${day}T12:00`),
      last: later(ends[1], -1),
      after: ends[1],
    };
    for (const [title, dueAt] of Object.entries(deadlines)) await task(title, dueAt);
    const todays = ["first", "last", "noon"];
    expect(await found({ due_after: from, due_before: until })).toEqual(todays);
    for (const hour of ["00:00", "08:00", "23:59"]) {
      now = at(`${day}T${hour}`);
      const user = { time_zone: zone } as Parameters<typeof queryOf>[0]["user"];
      const sight = { user, clock } as Parameters<typeof queryOf>[0];
      expect(await found(queryOf(sight, { view: "today" }))).toEqual(todays);
      const reader = { t: translator("ru"), locale: "ru", timeZone: zone, now } as const;
      const said = Object.entries(deadlines).filter(([, dueAt]) =>
        dueText(dueAt, reader).startsWith("сегодня"),
      );
      expect(said.map(([title]) => title).sort()).toEqual(todays);
    }
  });

  test("every hour of it is late from its own minute on", async () => {
    const all = Array.from({ length: hours }, (_, nth) => later(new Date(from), nth * 60 * MINUTE));
    for (const [nth, dueAt] of all.entries()) await task(`${nth}`, dueAt);
    for (const [nth, dueAt] of all.entries()) {
      now = dueAt;
      const lists = async () => (await call("GET", "/categories/")).body.results;
      expect(await lists()).toMatchObject([{ overdue_count: nth }]);
      now = later(dueAt, 1);
      expect(await lists()).toMatchObject([{ overdue_count: nth + 1 }]);
      expect(await found({ done: "false", due_before: now.toISOString() })).toHaveLength(nth + 1);
      const reader = { t: translator("ru"), locale: "ru", timeZone: zone, now } as const;
      const rows = await listTasks(db, owner, {}, { limit: 50, offset: 0 });
      const late = rows.filter((row) => taskLine(row, reader).isOverdue);
      expect(late).toHaveLength(nth + 1);
    }
  });

  test.each([0, 90, 150, 1_410])(
    "what is late is told once a day to who wants it at minute %i of the day",
    async (digestAt) => {
      await db.insert(tellingSettings).values({ userId: owner.id, digestAt });
      await task("Давно", later(new Date(from), -DAY));
      const told: string[] = [];
      for (now = later(new Date(from), -DAY / 2); now < new Date(until); now = later(now, QUARTER))
        if ((await makeDigests({ ...telling, clock })) > 0) told.push(localDate(now, zone));
      expect(told.filter((at) => at === day)).toHaveLength(1);
      expect(new Set(told).size).toBe(told.length);
    },
  );

  test("a rule gives as long as it says, by a clock that nobody puts forward or back", async () => {
    const given = { noticeKind: "run_failed" as const, storeId: null, categoryId: list };
    const whose = { personId: owner.id, priority: "normal" as const, dueMinutes: 24 * 60 };
    await addRule(access, owner, { ...given, ...whose });
    now = at(`${day}T00:30`);
    await raiseNotice(db, {
      ...{ kind: "run_failed", about: "x", severity: "warning", userId: owner.id },
      ...{ params: { job: "sync" }, renewedAt: now },
    });
    await tellDue(access);
    expect((await followNotices(access)).made).toBe(1);
    const [made] = await listTasks(db, owner, {}, { limit: 50, offset: 0 });
    expect(made?.dueAt).toEqual(later(now, DAY));
    const told: string[] = [];
    for (let minutes = 0; minutes < 36 * 60; minutes += 30) {
      now = later(now, 30 * MINUTE);
      if ((await tellDue(access)).due > 0) told.push(localText(now, zone));
    }
    expect(told).toEqual([`${hours === 23 ? `${next}T01:30` : `${day}T23:30`}`]);
  });
});
