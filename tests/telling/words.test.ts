import { expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/messages";
import { translator } from "@/lib/i18n/translator";
import { messageOf, type Told } from "@/lib/telling/words";

const notKinds = ["dismiss", "more"];
const kinds = Object.keys(messages.ru.notices).filter((key) => !notKinds.includes(key));
const reader = (locale: (typeof locales)[number]) => ({
  t: translator(locale),
  ...{ locale, timeZone: "Asia/Almaty", officeUrl: "https://office.example.kz" },
});
const id = "6f1c2f9e-3d0a-4d57-8f0e-0d3b1f6f2c11";
/** All that any notice is said with. */
const params = {
  ...{ mailing: 7, subject: "Новинки" },
  ...{ reason: "flood", by: "Айгуль", login: "a@b.kz", store: "Магазин", proxy: "Мост", seen: 5 },
  ...{
    total: 9,
    count: 3,
    job: "sync-store",
    run: id,
    host: "a.kz",
    product: "Чайник",
    account: id,
  },
  ...{ until: "2026-06-10T09:00:00Z", due: "2026-06-10T09:00:00Z", of: id, id, task: "ab" },
  ...{
    title: "Принять товар",
    text: "готово",
    before: 12_990,
    wanted: 11_000,
    minutes: 30,
    hours: 2,
  },
};
const told = (kind: string, more: Partial<Told> = {}): Told => ({
  ...{ id, kind, params, maybeSent: false, storeName: "Магазин", mayAnswer: true },
  ...more,
});
const button = (text: string) => /^n:[0-9a-f-]{36}:[a-z]+(:\d+)?$/.test(text) && text.length <= 64;

test.each(locales)("every notice is said whole in %s, without marks", (locale) => {
  for (const kind of kinds) {
    const { text, buttons = [] } = messageOf(reader(locale), [told(kind)]);
    expect(text).not.toMatch(/[<>{}]|undefined|notices\./);
    expect(text.length).toBeGreaterThan(10);
    expect(buttons.flat().every(({ data }) => button(data))).toBe(true);
  }
});

test("a possible repeat says so first, and what is too long is cut", () => {
  const long = { ...params, text: "а".repeat(9_000), title: "б".repeat(500) };
  const some = Array.from({ length: 20 }, () => told("task_due", { params: long })) as [Told];
  for (const message of [
    messageOf(reader("ru"), some),
    messageOf(reader("ru"), [told("task_commented", { params: long })]),
  ])
    expect(message.text.length).toBeLessThan(4_096);
  const again = messageOf(reader("ru"), [told("task_assigned", { maybeSent: true })]);
  expect(again.text).toMatch(/^Возможно, повтор:\nАйгуль поручает/);
});

test("what people type is text, never a mark of ours", () => {
  const typed = { ...params, title: "<task>{x}</task> <b>5 < 6</b>" };
  const { text } = messageOf(reader("ru"), [told("task_assigned", { params: typed })]);
  expect(text).toContain("«<task>{x}</task> <b>5 < 6</b>»");
});

test("the button of a telling and its address are there for every thing that has one", () => {
  const { text } = messageOf(reader("ru"), [told("needs_reauth")]);
  expect(text).toContain(`https://office.example.kz/stores?connect=${id}`);
  const low = messageOf(reader("ru"), [told("low_review")]);
  expect(low.text).toContain(`https://office.example.kz/reviews?store=${id}&stars=low`);
});
