import { describe, expect, it } from "vitest";
import {
  draftInWords,
  draftOf,
  inWords,
  submission,
  typedNumber,
} from "@/components/repricing/rule-draft";
import { tenge } from "@/lib/core/money";
import { locales } from "@/lib/i18n/locales";
import { ruleForm, ruleFormValues } from "@/lib/repricing/rule-form";
import { defaultRule, type RuleOverride } from "@/lib/repricing/rule-model";

const full: RuleOverride = {
  strategy: { kind: "fixed", price: tenge(12_990) },
  step: { unit: "percent", value: 0.5 },
  whenAlone: { kind: "climb", by: { unit: "tenge", value: tenge(1_500) } },
  whenFirst: "hold",
  whenBlocked: "next_place",
  ignorePreorders: false,
  maxDrop: 12.5,
  maxRise: 20,
  freeze: 35,
  intervalMinutes: 1440,
};

const saved = (rule: RuleOverride, locale: (typeof locales)[number] = "ru") =>
  ruleForm.parse(submission(draftOf(ruleFormValues(rule), defaultRule, locale)));

describe("the draft of a rule", () => {
  it.each(locales)("that nobody touched saves what was there, written the way of %s", (locale) => {
    expect(saved(full, locale)).toEqual(full);
    expect(saved({}, locale)).toEqual({});
  });

  it("leaves the step to the rule above when only its unit was chosen", () => {
    const draft = {
      ...draftOf(ruleFormValues({}), defaultRule, "ru"),
      stepUnit: "percent" as const,
    };
    expect(ruleForm.parse(submission(draft))).toEqual({});
  });

  it("is put into words as the rule it would become", () => {
    const draft = draftOf(ruleFormValues(full), defaultRule, "ru");
    expect(inWords({ ...defaultRule, ...full })).toMatchObject(draftInWords(draft, defaultRule));
  });

  it("is put into words as the rule above where it is empty or cannot be read", () => {
    const empty = draftOf(ruleFormValues({}), defaultRule, "ru");
    const wrong = { ...empty, stepValue: "много", maxDrop: "-3" };
    expect(inWords(defaultRule)).toMatchObject(draftInWords(wrong, defaultRule));
  });
});

describe("a typed number", () => {
  it.each([
    ["12 990", 12_990],
    ["12,990", 12_990],
    ["12 990 ₸", 12_990],
    ["0,5", 0.5],
    ["0.5 %", 0.5],
    ["15 %", 15],
  ])("%j is read as %d", (text, value) => expect(typedNumber(text)).toBe(value));

  it.each(["", " ", "0", "-1", "abc", "1e999"])("%j is not one", (text) =>
    expect(typedNumber(text)).toBeNull(),
  );
});
