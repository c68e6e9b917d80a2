import { describe, expect, it } from "vitest";
import { leadText, waiting } from "@/app/(office)/overview/lead";
import { translator } from "@/lib/i18n/translator";
import type { Overview, StoreStanding } from "@/lib/overview/model";
import { noGoods } from "@/lib/overview/rules";

const store = (standing: StoreStanding) => ({
  id: standing,
  name: standing,
  accountId: null,
  standing,
  lastSyncAt: null,
  writesBlockedUntil: null,
  goods: noGoods,
  marketReadAt: null,
  run: null,
  isPricing: false,
  held: 0,
});

const calm: Overview = {
  stores: [store("works")],
  jobs: [],
  exits: [{ id: "1", name: "direct", isDirect: true, state: "works", restingUntil: null }],
  reading: null,
  isStopped: false,
  goods: { ...noGoods, watched: 1_204 },
  days: [],
  notices: [],
  frozen: { count: 0, rows: [] },
  wars: { count: 0, rows: [] },
  today: { decided: 0, sent: 0, confirmed: 0, rejected: 0, waiting: 0 },
  budgets: [],
  windowMinutes: 30,
};

const lead = (change: Partial<Overview>) =>
  leadText(translator("ru"), "ru", { ...calm, ...change }).replace(/\s/g, " ");

describe("the sentence above the overview", () => {
  it("says that everything works, and of how much", () => {
    expect(lead({})).toBe("Всё работает: 1 магазин, бот ведёт 1 204 товара.");
    expect(lead({ goods: noGoods })).toBe("Всё работает, но бот пока не ведёт ни одной цены.");
  });

  it("names what does not work, the worst first", () => {
    const three = [store("works"), store("works"), store("works")];
    expect(lead({ stores: [...three, store("needs_login")] })).toBe(
      "Работают 3 магазина из 4: один ждёт входа.",
    );
    expect(lead({ stores: [store("paused"), store("needs_login"), store("works")] })).toBe(
      "Работает 1 магазин из 3: один ждёт входа, один на паузе.",
    );
  });

  it("says that none works, and of a lone store what is the matter with it", () => {
    expect(lead({ stores: [store("paused"), store("stopped")] })).toBe(
      "Не работает ни один магазин из 2: у одного остановлена отправка цен, один на паузе.",
    );
    expect(lead({ stores: [{ ...store("needs_login"), name: "Лавка" }] })).toBe(
      "Магазин «Лавка»: нужен вход.",
    );
  });

  it("does not say that everything works while nobody reads the market or a job is behind", () => {
    const behind = "Магазины в порядке, но есть заминки в работе программы.";
    expect(lead({ exits: [] })).toBe(behind);
    expect(lead({ jobs: [{ job: "sync-store", kind: "late", lastSuccessAt: null }] })).toBe(behind);
  });

  it("does not say that everything works while prices wait for a person", () => {
    const working = "Магазины работают: 1 магазин, бот ведёт 1 204 товара.";
    expect(lead({ frozen: { count: 2, rows: [] } })).toBe(working);
    const held = { ...store("held"), name: "Лавка", held: 3 };
    expect(lead({ stores: [held] })).toBe("Магазин «Лавка»: цены остановила защита.");
    expect(lead({ stores: [held, store("works")] })).toBe(
      "Работает 1 магазин из 2: у одного цены остановила защита.",
    );
    expect(waiting({ stores: [held, held], frozen: { count: 2, rows: [] } })).toBe(8);
  });

  it("says before all else that sending is stopped", () => {
    expect(lead({ isStopped: true, stores: [store("stopped")] })).toMatch(/^Отправка цен остановл/);
  });
});
