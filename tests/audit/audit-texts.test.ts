import { describe, expect, test } from "vitest";
import { auditAreas } from "@/lib/audit/filter-model";
import type { AuditRow } from "@/lib/audit/queries";
import { type AuditReader, actionText, auditWords } from "@/lib/audit/words";
import { auditActions } from "@/lib/auth/audit-model";
import { locales } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";

const entry: AuditRow = {
  id: "11111111-1111-4111-8111-111111111111",
  at: new Date("2026-03-02T09:00:00.000Z"),
  action: "product.limits_changed",
  userId: null,
  userName: null,
  storeId: null,
  storeName: null,
  subjectId: null,
  subjectName: null,
  details: {},
  address: null,
  requestId: null,
  keyName: null,
  runId: null,
};
const reader: AuditReader = {
  t: translator("ru"),
  locale: "ru",
  timeZone: "Asia/Almaty",
  names: new Map([["750000000", "Алматы"]]),
};
const words = (over: Partial<AuditRow>) => auditWords(reader, { ...entry, ...over });
const plain = (text: string) => text.replace(/\s/g, " ");
const changes = (over: Partial<AuditRow>) =>
  words(over).changes.map(({ label, before, after }) => plain(`${label}: ${before} → ${after}`));

describe.each(locales)("in %s", (locale) => {
  const t = translator(locale);

  test("every action has a sentence of its own", () => {
    const texts = auditActions.map((action) => actionText(t, action));
    expect(texts.filter((text, nth) => text === auditActions[nth])).toEqual([]);
    expect(new Set(texts).size).toBe(auditActions.length);
  });

  test("every area has a name", () => {
    for (const area of auditAreas) expect(t.has(`audit.filter.areas.${area}`)).toBe(true);
  });
});

test("a change names only what is otherwise, with amounts as people write them", () => {
  const before = { floor: 10_000, ceiling: 20_000 };
  const after = { floor: 12_500, ceiling: 20_000 };
  expect(changes({ details: { before, after } })).toEqual(["минимум: 10 000 ₸ → 12 500 ₸"]);
  expect(changes({ details: { before, after: { ...before, floor: null } } })).toEqual([
    "минимум: 10 000 ₸ → нет",
  ]);
});

test("a rule is told by its parts", () => {
  const details = {
    before: { strategy: { kind: "match" } },
    after: { strategy: { kind: "position", place: 3 }, step: { unit: "percent", value: 1.5 } },
  };
  expect(changes({ action: "store.rule_changed", details })).toEqual([
    "стратегия: как у соперника → держать место, место: 3",
    "шаг: нет → 1,5 %",
  ]);
});

test("single values and ids with names are told, too", () => {
  expect(changes({ action: "store.renamed", details: { from: "Один", to: "Два" } })).toEqual([
    "null: Один → Два",
  ]);
  const chosen = { from: null, to: "750000000" };
  expect(changes({ action: "store.main_city_chosen", details: chosen })).toEqual([
    "null: нет → Алматы",
  ]);
  const wanted = { current: 9_000, wanted: 7_000, decision: "d" };
  expect(changes({ action: "product.price_approved", details: wanted })).toEqual([
    "null: 9 000 ₸ → 7 000 ₸",
  ]);
});

test("where it was done from is said in words", () => {
  expect(words({ address: "198.51.100.7" }).from).toBe("198.51.100.7");
  expect(words({ address: "command line" }).from).toBe("командная строка");
  expect(words({ address: "job sync-store" }).from).toBe("задание «Обновление товаров»");
  expect(words({}).who).toBe("система");
});

test("details that no text knows are shown as they are rather than hidden", () => {
  expect(words({ action: "future.thing", details: { unheard: "of it" } })).toMatchObject({
    what: "future.thing",
    facts: [{ label: "unheard", value: "of it" }],
  });
});
