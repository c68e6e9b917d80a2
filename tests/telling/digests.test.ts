import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { instantAt } from "@/lib/core/local-time";
import { tenge } from "@/lib/core/money";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import { paces } from "@/lib/db/schema/api-keys";
import { orders } from "@/lib/db/schema/orders";
import { taskAssignees, taskCategories, tasks } from "@/lib/db/schema/tasks";
import { telegramLinks, tellingSettings, tellings } from "@/lib/db/schema/telegram";
import { users } from "@/lib/db/schema/workspace";
import { makeDigests } from "@/lib/telling/make-digests";
import { sendTellings } from "@/lib/telling/send-tellings";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";
import type { Person } from "../support/telegram/person";
import { telegramOf } from "../support/telling";

const office = await testOffice();
const { owner, stranger } = office;
const { db } = office.access;
const { telling, linked } = await telegramOf(office, {
  limits: { perSecond: 1e6, perChatMs: 0 },
});
const { storeId } = await connectedStore(office);

let person: Person;
/** Before the hour of the digest, in the zone of the test. */
let now: Date;
const access = { ...telling, clock: () => now };
async function at(local: string, zone = "Asia/Almaty") {
  await db.update(users).set({ timeZone: zone }).where(eq(users.id, owner.id));
  now = instantAt(local, zone);
}
beforeEach(async () => {
  for (const table of [
    tellings,
    telegramLinks,
    tellingSettings,
    tasks,
    taskCategories,
    orders,
    paces,
  ])
    await db.delete(table);
  person = await linked(owner);
  await at("2026-06-10T08:00");
});
const tell = async () => {
  const made = await makeDigests(access);
  await sendTellings({ ...access, clock: () => now, sleep: passing }, { atOnce: 1 });
  return made;
};
const passing = async (ms: number) => {
  now = later(now, ms);
};

let made = 0;
async function task(dueAt: Date, more: { assignee?: string; done?: boolean; owner?: string } = {}) {
  made += 1;
  const id = `${made}`.padStart(64, "0");
  const stamps = { createdAt: now, updatedAt: now };
  const list = { id: `c${id.slice(1)}`, ownerId: more.owner ?? owner.id, name: "Склад", ...stamps };
  await db.insert(taskCategories).values(list);
  const doneAt = more.done ? now : null;
  const row = { id, categoryId: list.id, title: `Задача ${made}`, dueAt, doneAt, ...stamps };
  await db.insert(tasks).values(row);
  if (more.assignee)
    await db.insert(taskAssignees).values({ taskId: id, userId: more.assignee, since: now });
  return `Задача ${made}`;
}

test("in the morning one is told what is overdue and theirs, once, the longest first", async () => {
  const own = await task(later(now, -HOUR));
  const given = await task(later(now, -2 * DAY), { assignee: owner.id, owner: stranger.id });
  await task(later(now, DAY));
  await task(later(now, -DAY), { done: true });
  await task(later(now, -DAY), { assignee: stranger.id });
  await task(later(now, -DAY), { owner: stranger.id });
  expect(await tell()).toBe(0);
  now = later(now, HOUR);
  expect(await tell()).toBe(1);
  expect(person.last()?.text).toBe(
    `Просрочены 2 задачи:\n• ${given}\n• ${own}\nhttps://office.example.kz/tasks?view=overdue`,
  );
  expect(person.last()?.buttons).toEqual([["Просроченные"]]);
  now = later(now, MINUTE);
  expect(await tell()).toBe(0);
  now = later(now, DAY);
  expect(await tell()).toBe(1);
  expect(person.chat.messages).toHaveLength(2);
});

test("when nothing has happened nothing is told, nor what happens later that day", async () => {
  await at("2026-06-10T09:00");
  expect(await tell()).toBe(0);
  await task(later(now, HOUR));
  now = later(now, 3 * HOUR);
  expect(await tell()).toBe(0);
  expect(person.chat.messages).toEqual([]);
});

test("two who make them at once make one", async () => {
  await at("2026-06-10T09:00");
  await task(later(now, -HOUR));
  const both = await Promise.all([makeDigests(access), makeDigests(access)]);
  expect(both[0] + both[1]).toBe(1);
});

test("the day before is told with its orders, by the person's own midnights", async () => {
  await at("2026-11-02T09:30", "America/Adak");
  // The day of 25 hours, from its first minute to its last.
  const inside = [instantAt("2026-11-01T00:00", "America/Adak"), later(now, -9.5 * HOUR - MINUTE)];
  const outside = [later(inside[0] ?? now, -MINUTE), later(now, -9.5 * HOUR)];
  for (const [nth, orderedAt] of [...inside, ...outside].entries())
    await db.insert(orders).values({
      ...{ storeId, code: `${nth}`, state: "NEW", status: "COMPLETED", tab: "new", orderedAt },
      ...{ totalPrice: tenge(5_000), isKaspiDelivery: true, express: false, preOrder: false },
      ...{ signatureRequired: false, source: "shop_api", readAt: now, changedAt: now },
      hasEntries: true,
    });
  expect(await tell()).toBe(1);
  expect(person.last()?.text.split("\n").slice(0, 2)).toEqual([
    "Ваши магазины, 1\u00a0ноя\u00a02026".replaceAll("\u00a0", "\u202f"),
    "2 заказа на 10\u202f000\u202f₸",
  ]);
});

test("nobody is woken for it: what would come six hours late does not", async () => {
  await task(later(now, -DAY));
  await at("2026-06-10T15:01");
  expect(await tell()).toBe(0);
  await at("2026-06-10T15:00");
  expect(await tell()).toBe(1);
});

test("one of the late evening is told after midnight too, of its own day, and once", async () => {
  await task(later(now, -DAY));
  await db.insert(tellingSettings).values({ userId: owner.id, digestAt: 1430 });
  await at("2026-06-10T23:49");
  expect(await tell()).toBe(0);
  await at("2026-06-11T00:05");
  expect(await tell()).toBe(1);
  await at("2026-06-11T05:00");
  expect(await tell()).toBe(0);
  await at("2026-06-11T23:50");
  expect(await tell()).toBe(1);
});

test("who does not want it, or wants it at another hour, has it so", async () => {
  await task(later(now, -DAY));
  await db.insert(tellingSettings).values({ userId: owner.id, off: ["overdue"], digestAt: 480 });
  expect(await tell()).toBe(0);
  await db.update(tellingSettings).set({ off: [] });
  expect(await tell()).toBe(1);
});
