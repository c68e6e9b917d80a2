import { describe, expect, test } from "vitest";
import { dueChips, dueText, type TaskReader, taskLine } from "@/app/(office)/tasks/task-line";
import { instantAt } from "@/lib/core/local-time";
import { translator } from "@/lib/i18n/translator";
import type { TaskRow } from "@/lib/tasks/model";

const reader = (timeZone: string, now: Date): TaskReader => ({
  ...{ t: translator("ru"), locale: "ru", timeZone, now },
});

describe("a deadline is said by the reader's own days", () => {
  test.each([
    ["this evening", "2026-11-22T18:00", "сегодня, 18:00"],
    ["the first minute of the day", "2026-11-22T00:00", "сегодня, 00:00"],
    ["the last minute of the day", "2026-11-22T23:59", "сегодня, 23:59"],
    ["the first minute of tomorrow", "2026-11-23T00:00", "завтра, 00:00"],
    ["the last minute of yesterday", "2026-11-21T23:59", "вчера, 23:59"],
    ["the day after tomorrow", "2026-11-24T00:00", "24\u00a0ноя, 00:00"],
    ["the day before yesterday", "2026-11-20T23:59", "20\u00a0ноя, 23:59"],
  ])("%s", (_what, local, said) => {
    for (const zone of ["Asia/Almaty", "America/Adak"]) {
      const noon = instantAt("2026-11-22T12:00", zone);
      expect(dueText(instantAt(local, zone), reader(zone, noon))).toBe(said);
    }
  });

  test.each([
    ["America/Adak", "2026-03-08", "2026-03-09"],
    ["America/Adak", "2026-11-01", "2026-11-02"],
    ["Asia/Almaty", "2024-02-29", "2024-03-01"],
  ])("on the day when clocks change in %s, %s", (zone, today, tomorrow) => {
    const morning = reader(zone, instantAt(`${today}T08:00`, zone));
    expect(dueText(instantAt(`${today}T23:45`, zone), morning)).toMatch(/^сегодня/);
    expect(dueText(instantAt(`${tomorrow}T00:15`, zone), morning)).toBe("завтра, 00:15");
    expect(dueText(instantAt(`${tomorrow}T23:45`, zone), morning)).toBe("завтра, 23:45");
  });
});

test("quick deadlines are evenings of the reader's days", () => {
  // In Almaty it is the next day already.
  const now = new Date("2026-11-22T20:30:00Z");
  expect(dueChips(now, "Asia/Almaty")).toEqual({
    ...{ today: "2026-11-23T18:00", tomorrow: "2026-11-24T18:00", week: "2026-11-30T18:00" },
  });
  expect(dueChips(now, "America/Adak")).toEqual({
    ...{ today: "2026-11-22T18:00", tomorrow: "2026-11-23T18:00", week: "2026-11-29T18:00" },
  });
});

test("this evening is no quick deadline any more when it has begun", () => {
  for (const zone of ["Asia/Almaty", "America/Adak"]) {
    const evening = instantAt("2026-11-22T18:00", zone);
    expect(dueChips(evening, zone).today).toBeNull();
    expect(dueChips(new Date(evening.getTime() - 1), zone).today).toBe("2026-11-22T18:00");
  }
});

test("what is late is late from its minute on, and not when it is done", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const row: TaskRow = {
    ...{ id: "1", categoryId: "2", categoryName: "Склад", title: "Раз", text: "" },
    ...{ dueAt: new Date(now.getTime() - 1), priority: "normal", createdAt: now, updatedAt: now },
    ...{ createdBy: null, doneAt: null, doneBy: null, assignees: [], steps: [], comments: 0 },
    ...{ storeId: null, productId: null, orderId: null, reviewId: null, hasHiddenLinks: false },
    ...{ rights: "view", isAssigned: true },
  };
  const seen = (given: Partial<TaskRow>) => taskLine({ ...row, ...given }, reader("UTC", now));
  expect(seen({})).toMatchObject({ isOverdue: true, mayChange: false, mayComplete: true });
  expect(seen({ dueAt: now }).isOverdue).toBe(false);
  expect(seen({ doneAt: now }).isOverdue).toBe(false);
});
