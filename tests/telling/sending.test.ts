import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import { paces } from "@/lib/db/schema/api-keys";
import { categoryMembers, taskCategories, tasks as tasks_ } from "@/lib/db/schema/tasks";
import { telegramLinks, tellingSettings, tellings } from "@/lib/db/schema/telegram";
import { notices, users } from "@/lib/db/schema/workspace";
import { type NewNotice, raiseNotices } from "@/lib/notices/queries";
import { setMuted } from "@/lib/telling/link-account";
import { sendTellings } from "@/lib/telling/send-tellings";
import { spreadNotices } from "@/lib/telling/spread-notices";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";
import { Refusal } from "../support/telegram/fake-model";
import type { Person } from "../support/telegram/person";
import { telegramOf } from "../support/telling";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
const { fake, telling, linked } = await telegramOf(office);
const { storeId } = await connectedStore(office);

let person: Person;
beforeEach(async () => {
  for (const table of [notices, tellings, telegramLinks, tellingSettings, paces])
    await db.delete(table);
  fake.calls.length = 0;
  person = await linked(owner);
});
afterEach(() => fake.spoil(() => undefined));

let tasks = 0;
const news = (who: Pick<Caller, "id">, more: Partial<NewNotice> = {}): NewNotice => {
  tasks += 1;
  const task = `${tasks}`.padStart(64, "0");
  return {
    ...{ kind: "task_assigned", about: `${task}:${who.id}`, severity: "info", userId: who.id },
    params: { task, title: `Задача ${tasks}`, by: "Айгуль" },
    renewedAt: clock(),
    ...more,
  };
};
/** Spreads and sends until nothing is left, one message at a time unless it is said how many. */
async function tell(atOnce = 1) {
  await spreadNotices(telling);
  for (let rounds = 0; rounds < 200; rounds += 1)
    if (!(await sendTellings(telling, { atOnce })).goesOn) return;
}
const heard = (by = person) => by.chat.messages.map(({ text }) => text.split("\n")[0]);
/** By the number of the task each tells of. */
const inOrder = (lines: readonly (string | undefined)[]) =>
  lines.toSorted((a, b) => numberIn(a) - numberIn(b));
const numberIn = (line: string | undefined) => Number(/Задача (\d+)/.exec(line ?? "")?.[1]);
const states = async () =>
  (await db.select().from(tellings).orderBy(asc(tellings.createdAt), asc(tellings.id))).map(
    ({ state, trouble }) => (trouble === null ? state : `${state}: ${trouble}`),
  );

test("what somebody is told is the notice in their words, with the way to it and buttons", async () => {
  await raiseNotices(db, [news(owner)]);
  await tell();
  const title = `Задача ${tasks}`;
  const id = `${tasks}`.padStart(64, "0");
  const [row] = await db.select().from(tellings);
  expect(person.last()).toMatchObject({
    text: `Айгуль поручает вам задачу «${title}»\nhttps://office.example.kz/tasks/${id}`,
    buttons: [["Открыть", "Сделано"]],
  });
  const data = person.last()?.keyboard?.inline_keyboard.flat();
  expect(data).toMatchObject([
    { callback_data: `n:${row?.id}:open` },
    { callback_data: `n:${row?.id}:done` },
  ]);
  expect(row).toMatchObject({ state: "sent", messageId: person.last()?.id });
});

test("news of a store goes to who sees it, in the words of the office without its marks", async () => {
  const [seller] = await crowd(1);
  const about = { about: "1", storeId, severity: "warning", renewedAt: clock() } as const;
  const params = { store: "Старое имя", job: "sync-store", run: "5", id: storeId };
  await raiseNotices(db, [
    { ...about, kind: "run_failed", params },
    { ...about, kind: "token_refused", params },
  ]);
  await tell();
  expect(person.chat.messages).toHaveLength(2);
  const all = person.chat.messages.map(({ text }) => text).join("\n");
  expect(all).toContain("Посмотреть и повторить: https://office.example.kz/runs/5");
  expect(all).not.toMatch(/[<>{}]/);
  expect(seller?.chat.chat.messages).toEqual([]);
});

describe("once", () => {
  test("over many who spread and send at once, and over their repeats", async () => {
    const other = await linked(stranger);
    const some = Array.from({ length: 15 }, () => [news(owner), news(stranger)]).flat();
    await raiseNotices(db, some);
    await Promise.all([spreadNotices(telling), spreadNotices(telling), spreadNotices(telling)]);
    const round = () => sendTellings(telling, { atOnce: 1 });
    for (let nth = 0; nth < 10; nth += 1) await Promise.all([round(), round()]);
    expect(heard().sort()).toEqual([...new Set(heard())].sort());
    expect([heard().length, heard(other).length]).toEqual([15, 15]);
    await tell();
    expect([heard().length, heard(other).length]).toEqual([15, 15]);
  });

  test("what is news again is told again; what is only refreshed is not", async () => {
    const one = news(owner);
    await raiseNotices(db, [one]);
    await tell();
    const { renewedAt: _, ...refreshed } = one;
    await raiseNotices(db, [refreshed]);
    await tell();
    expect(person.chat.messages).toHaveLength(1);
    twin.advance({ ms: MINUTE });
    await raiseNotices(db, [{ ...one, renewedAt: clock() }]);
    await tell();
    expect(person.chat.messages).toHaveLength(2);
  });

  test("what was on its way when its process died is told again, alone, first, and says so", async () => {
    await raiseNotices(db, [news(owner), news(owner), news(owner)]);
    await spreadNotices(telling);
    // The process dies when Telegram has taken the first message and nobody has written that down.
    const dead = { ...telling, db: dyingAfter("sent") };
    await expect(sendTellings(dead, { atOnce: 1 })).rejects.toThrow("killed");
    expect(person.chat.messages).toHaveLength(1);
    await tell();
    expect(person.chat.messages).toHaveLength(1);
    twin.advance({ ms: MINUTE });
    await tell();
    const [first, ...rest] = heard();
    expect(rest[0]).toBe("Возможно, повтор:");
    expect(person.chat.messages[1]?.text).toContain(`${first}`);
    expect(rest.slice(1).every((line) => !line?.startsWith("Возможно"))).toBe(true);
    expect(person.chat.messages).toHaveLength(4);
  });

  test("an answer that nobody hears makes it a possible repeat; no connection does not", async () => {
    await raiseNotices(db, [news(owner)]);
    fake.spoil(({ method }) => (method === "sendMessage" ? "unheard" : undefined));
    await tell();
    expect(await states()).toEqual(["waiting: telegram_silent"]);
    fake.spoil(() => undefined);
    twin.advance({ ms: MINUTE });
    await tell();
    expect(heard()).toEqual([expect.stringContaining("Айгуль"), "Возможно, повтор:"]);
  });
});

/** Telegram that takes nothing, while the person mutes it. */
function muted(telegram: typeof telling.telegram): typeof telegram {
  return (
    telegram && {
      ...telegram,
      async send() {
        await setMuted(telling, owner, true);
        throw new AppError("telegram_unreachable");
      },
    }
  );
}

/** A database in which whoever writes down that something was sent is killed. */
function dyingAfter(state: "sent"): typeof db {
  return new Proxy(db, {
    get(target, name, self) {
      if (name !== "transaction") return Reflect.get(target, name, self);
      return (work: Parameters<typeof db.transaction>[0]) =>
        target.transaction(async (tx) => {
          const result = await work(tx);
          const [sent] = await tx.select().from(tellings).where(eq(tellings.state, state));
          if (sent) throw new Error("killed");
          return result;
        });
    },
  });
}

describe("nothing is told", () => {
  test("of what is over, or not theirs to see any more, by the time it would leave", async () => {
    await raiseNotices(db, [news(owner), news(owner)]);
    await spreadNotices(telling);
    const [first] = await db.select().from(notices).orderBy(asc(notices.createdAt)).limit(1);
    await db
      .update(notices)
      .set({ resolvedAt: clock() })
      .where(eq(notices.id, first?.id ?? ""));
    await tell();
    expect(person.chat.messages).toHaveLength(1);
    expect(await states()).toEqual(["dropped: over", "sent"]);
  });

  test("of a task that somebody else has taken out of their sight", async () => {
    const id = "f".repeat(64);
    const list = {
      id: "e".repeat(64),
      ownerId: owner.id,
      name: "Склад",
      createdAt: clock(),
      updatedAt: clock(),
    };
    await db.insert(taskCategories).values(list);
    const categoryId = list.id;
    await db.insert(tasks_).values({
      ...{ id, categoryId, title: "Увольнение", createdAt: clock(), updatedAt: clock() },
    });
    const other = await linked(stranger);
    const member = { categoryId, userId: stranger.id, rights: "view", since: clock() } as const;
    await db.insert(categoryMembers).values(member);
    const params = { task: id, title: "Увольнение", by: "Ерлан" };
    const commented = { kind: "task_commented" as const, params };
    await raiseNotices(db, [news(stranger, commented), news(owner, commented)]);
    await spreadNotices(telling);
    await db.delete(categoryMembers);
    await tell();
    expect([heard().length, heard(other).length]).toEqual([1, 0]);
    await db.delete(taskCategories);
  });

  test("to who is muted or has no account; what came meanwhile is not told later", async () => {
    await db.update(telegramLinks).set({ mutedAt: clock() });
    await raiseNotices(db, [news(owner), news(stranger)]);
    await tell();
    await db.update(telegramLinks).set({ mutedAt: null });
    await linked(stranger);
    await tell();
    expect(await states()).toEqual([]);
  });

  test("of what somebody has switched off while it waited", async () => {
    await raiseNotices(db, [news(owner)]);
    await spreadNotices(telling);
    await db.insert(tellingSettings).values({ userId: owner.id, off: ["task_assigned"] });
    await tell();
    expect([heard(), await states()]).toEqual([[], ["dropped: off"]]);
  });

  test("of what was on its way when it was muted, and did not arrive", async () => {
    await raiseNotices(db, [news(owner)]);
    await spreadNotices(telling);
    const muting = { ...telling, telegram: muted(telling.telegram) };
    await sendTellings(muting, { atOnce: 1 });
    await setMuted(telling, owner, false);
    twin.advance({ ms: MINUTE });
    await tell();
    expect([heard(), await states()]).toEqual([[], ["dropped: muted"]]);
  });

  test("of what somebody does not want", async () => {
    await db.insert(tellingSettings).values({ userId: owner.id, off: ["task_assigned", "rest"] });
    const commented = { kind: "task_commented" as const };
    await raiseNotices(db, [news(owner), news(owner, commented)]);
    await tell();
    expect(heard()).toEqual([expect.stringContaining("пишет к задаче")]);
  });
});

describe("Telegram", () => {
  test("asks to wait: everything waits that long, and is told then, in its order", async () => {
    await raiseNotices(db, [news(owner), news(owner)]);
    const refusal = new Refusal(429, "Too Many Requests: retry after 17", { retry_after: 17 });
    let refused = 0;
    fake.spoil(({ method }) => (method === "sendMessage" && refused++ === 0 ? refusal : undefined));
    const before = clock().getTime();
    await tell();
    const tries = fake.calls.filter(({ method }) => method === "sendMessage");
    expect(tries).toHaveLength(3);
    expect((tries[1]?.at ?? 0) - before).toBeGreaterThanOrEqual(17 * SECOND);
    expect(heard()).toEqual(inOrder(heard()));
    expect((await states()).join()).toBe("sent,sent");
  });

  test("is blocked by somebody: nothing more is tried there, and the others go on", async () => {
    const other = await linked(stranger);
    person.chat.blocked = true;
    await raiseNotices(db, [news(owner), news(owner), news(stranger)]);
    await tell();
    expect(heard(other)).toHaveLength(1);
    const [link] = await db.select().from(telegramLinks).where(eq(telegramLinks.userId, owner.id));
    expect(link?.blockedAt).not.toBeNull();
    const tried = fake.calls.filter(({ params }) => params.chat_id === person.id);
    expect(tried).toHaveLength(1);
    await raiseNotices(db, [news(owner)]);
    await tell();
    expect(fake.calls.filter(({ params }) => params.chat_id === person.id)).toHaveLength(1);
  });

  test("is away: nothing is lost, and what is two days old is no news any more", async () => {
    await raiseNotices(db, [news(owner)]);
    fake.spoil(() => new Refusal(502, "Bad Gateway"));
    await tell();
    twin.advance({ ms: 49 * HOUR });
    fake.spoil(() => undefined);
    await raiseNotices(db, [news(owner)]);
    await tell();
    expect(heard()).toHaveLength(1);
    expect((await states())[0]).toBe("dropped: stale");
  });
});

test("Telegram asks to wait longer than a step: it is waited for once, and by no empty steps", async () => {
  await raiseNotices(db, [news(owner)]);
  await spreadNotices(telling);
  const refusal = new Refusal(429, "Too Many Requests", { retry_after: 90 });
  let refused = 0;
  fake.spoil(({ method }) => (method === "sendMessage" && refused++ === 0 ? refusal : undefined));
  const before = clock().getTime();
  expect(await sendTellings(telling)).toMatchObject({ goesOn: false });
  for (let nth = 0; nth < 3; nth += 1)
    expect(await sendTellings(telling)).toEqual({ messages: 0, goesOn: false });
  const [pace] = await db.select().from(paces);
  expect((pace?.pacedUntil.getTime() ?? 0) - before).toBeLessThan(95 * SECOND);
  twin.advance({ ms: 95 * SECOND });
  await tell();
  expect(await states()).toEqual(["sent"]);
});

test("many prices that wait in a row are one message, a few are asked one by one", async () => {
  const price = (nth: number) =>
    news(owner, {
      kind: "price_frozen",
      about: `${nth}`,
      storeId,
      userId: null,
      params: { product: `Чайник ${nth}`, store: "Магазин", before: 100, wanted: 90 },
    });
  await raiseNotices(db, [1, 2, 3].map(price));
  await tell();
  expect(person.chat.messages).toHaveLength(3);
  await raiseNotices(
    db,
    Array.from({ length: 30 }, (_, nth) => price(nth + 10)),
  );
  await tell();
  expect(person.chat.messages).toHaveLength(4);
  expect(person.last()).toMatchObject({
    text: "30 цен ждут вашего ответа\nhttps://office.example.kz/approvals",
    buttons: [],
  });
});

test.each([
  ["takes nothing for long", new Refusal(429, "Too Many Requests", { retry_after: 30 })],
  ["does not know us for long", new Refusal(401, "Unauthorized")],
  ["answers nothing for long", new Refusal(502, "Bad Gateway")],
])("Telegram %s: what waits is told in the end, however often it was tried", async (_, refusal) => {
  await raiseNotices(db, [news(owner), news(owner)]);
  fake.spoil(({ method }) => (method === "sendMessage" ? refusal : undefined));
  for (let nth = 0; nth < 15; nth += 1) {
    await spreadNotices(telling);
    await sendTellings(telling, { atOnce: 1 });
    twin.advance({ ms: 2 * HOUR });
  }
  fake.spoil(() => undefined);
  twin.advance({ ms: 6 * HOUR });
  await tell();
  expect(await states()).toEqual(["sent", "sent"]);
});

test("a message that is refused is put away, and those after it are told", async () => {
  await raiseNotices(db, [news(owner), news(owner)]);
  let refused = 0;
  fake.spoil(({ method }) =>
    method === "sendMessage" && refused++ === 0 ? new Refusal(400, "Bad Request: odd") : undefined,
  );
  await tell();
  expect(await states()).toEqual(["failed: Bad Request: odd", "sent"]);
});

test("in quiet hours nothing comes, and in the morning it comes in its order", async () => {
  const now = clock();
  const minute = (now.getUTCHours() * 60 + now.getUTCMinutes() + 5 * 60) % 1_440;
  const quiet = { quietFrom: (minute + 1_439) % 1_440, quietUntil: (minute + 60) % 1_440 };
  await db.insert(tellingSettings).values({ userId: owner.id, ...quiet });
  await raiseNotices(db, [news(owner), news(owner)]);
  await tell();
  expect(heard()).toEqual([]);
  twin.advance({ ms: HOUR + MINUTE });
  await tell();
  expect(heard()).toHaveLength(2);
  expect(heard()).toEqual(inOrder(heard()));
});

test("deadlines that come together are told together, twenty to a message, with the rest after", async () => {
  const due = Array.from({ length: 45 }, (_, nth) =>
    news(owner, { kind: "task_due", renewedAt: later(clock(), nth - 60_000) }),
  );
  await raiseNotices(db, [...due, news(owner)]);
  await tell();
  const lines = person.chat.messages.map(({ text }) => text.match(/^• /gm)?.length ?? 0);
  expect(lines.slice(0, 3)).toEqual([20, 20, 5]);
  const titles = person.chat.messages.slice(0, 3).flatMap(({ text }) => text.match(/Задача \d+/g));
  expect(titles).toEqual(due.map(({ params }) => params?.title));
  expect(person.chat.messages[0]?.buttons).toEqual([["Просроченные"]]);
});

/** People who are there for their chats alone. */
async function crowd(count: number): Promise<{ id: string; chat: Person }[]> {
  const seated = Array.from({ length: count }, (_, nth) => ({
    ...{ email: `${randomUUID()}@example.kz`, name: `${nth}`, passwordHash: "none" },
    role: "member" as const,
  }));
  const rows = await db.insert(users).values(seated).returning();
  return Promise.all(rows.map(async ({ id }) => ({ id, chat: await linked({ id }) })));
}

test("ten thousand to many chats are all told once, in their order, and never too fast for Telegram", async () => {
  const chats = await crowd(200);
  const before = clock();
  const due = Array.from({ length: 10_000 }, (_, nth) => {
    const who = chats[nth % chats.length] ?? expect.fail("nobody");
    return news(who, { kind: "task_due", renewedAt: later(before, nth - 60_000) });
  });
  await raiseNotices(db, due);
  await tell();
  expect(fake.counted.refused).toBe(0);
  const titles = (text: string) => text.match(/Задача \d+/g) ?? [];
  for (const [nth, { chat }] of chats.entries()) {
    const told = chat.chat.messages.flatMap(({ text }) => titles(text));
    const wanted = due.filter((_, at) => at % chats.length === nth);
    expect(told).toEqual(wanted.map(({ params }) => params?.title));
  }
  const at = fake.calls.filter(({ method }) => method === "sendMessage").map((call) => call.at);
  const inOneSecond = at.map((from) => at.filter((one) => one >= from && one < from + SECOND));
  expect(Math.max(...inOneSecond.map(({ length }) => length))).toBeLessThanOrEqual(30);
  expect(new Set(await states())).toEqual(new Set(["sent"]));
}, 60_000);
