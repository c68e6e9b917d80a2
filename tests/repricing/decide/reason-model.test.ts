import { expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/messages";
import { formatMoney } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import {
  changeReasons,
  holdReasons,
  manualReasons,
  reasonValues,
  skipReasons,
  unseenWhys,
} from "@/lib/repricing/decide/reason-model";
import { decidePrice } from "@/lib/repricing/decide/rules";
import { refusals } from "@/lib/repricing/send/gate-rules";
import { decide, type Scenario } from "../../support/pricing";
import { randomInput, seeded } from "../../support/random-market";

const russian = (scenario: Scenario) => sentence("ru", decide(scenario));

function sentence(locale: (typeof locales)[number], decision: ReturnType<typeof decide>): string {
  const values = reasonValues(decision.params, (amount) => formatMoney(amount, locale));
  // A missing number fails the test: the console is watched.
  return translator(locale)(`reasons.decision.${decision.reason}`, values).replace(/\s/g, " ");
}

test("every reason, gate verdict and unread market has its words in every language", () => {
  const reasons = [...changeReasons, ...holdReasons, ...skipReasons, ...manualReasons].sort();
  for (const locale of locales) {
    const { decision, gate } = messages[locale].reasons;
    expect(Object.keys(decision).sort()).toEqual(reasons);
    expect(Object.keys(gate)).toEqual(expect.arrayContaining([...refusals]));
    for (const why of [...unseenWhys, "old"]) expect(decision.stale_offers).toContain(`${why} {`);
  }
});

test.each<[Scenario, string]>([
  [{ rivals: [1000] }, "Ставим 999 ₸: у самого дешёвого соперника 1 000 ₸."],
  [
    { current: 12_400, floor: 12_400, ceiling: null, rivals: [11_000] },
    "Цену не меняем: соперник дешевле вашего минимума 12 400 ₸.",
  ],
  [
    { current: 900, rivals: [900] },
    "Цену не меняем: обойти соперника с ценой 900 ₸ можно только ниже вашего минимума 900 ₸.",
  ],
  [{ current: 1000, rivals: [850] }, "Ставим ваш минимум 900 ₸: соперник с ценой 850 ₸ дешевле."],
  [{}, "Цену не меняем: соперников нет."],
  [
    { rivals: [{ preorderDays: 5 }] },
    "Цену не меняем: соперники только с предзаказом, их не считаем.",
  ],
  [{ readMinutesAgo: 14 }, "Цену не меняем: рынок прочитан 14 минут назад."],
  [{ readMinutesAgo: 21 }, "Цену не меняем: рынок прочитан 21 минуту назад."],
  [{ market: { kind: "unseen", why: "unreachable" } }, "Цену не меняем: Kaspi недоступен."],
  [
    { floor: 10, current: 1000, rivals: [598] },
    "Ждём вашего ответа: 597 ₸ вместо 1 000 ₸. Это изменение на 40,3 %, а без вас меняем не больше чем на 40 %.",
  ],
  [{ floor: 1300 }, "Цену не трогаем: минимум 1 300 ₸ выше максимума 1 200 ₸."],
])("%j is said in Russian", (scenario, expected) => {
  expect(russian(scenario)).toBe(expected);
});

test.each(locales)("5,000 random decisions are whole sentences in %s", (locale) => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 5_000; seed++) {
    const decision = decidePrice(randomInput(seeded(seed)));
    const text = sentence(locale, decision);
    expect(text, `seed ${seed}`).toMatch(/^\p{Lu}|^\d|^₸\d/u);
    expect(text, `seed ${seed}`).toMatch(/[^.]\.$/);
    expect(text, `seed ${seed}`).not.toMatch(/[{}]|undefined|NaN|reasons\./);
  }
});

test("money is written as money, no preorders are none, and all else is left as it is", () => {
  const params = { price: 12_990, percent: 40.3, minutes: 14, because: "undercut" };
  expect(reasonValues(params, (amount) => `${amount} ₸`)).toEqual({
    preorders: 0,
    ignored: 0,
    alone: "nobody",
    tidied: "no",
    floorFrom: "typed",
    ceilingFrom: "typed",
    price: "12990 ₸",
    percent: 40.3,
    minutes: 14,
    because: "undercut",
  });
});
