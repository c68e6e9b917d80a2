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
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import { ruleForm } from "@/lib/repricing/rule/rule-form-model";
import { ruleFormValues } from "@/lib/repricing/rule/rule-form-values";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";

const full: RuleOverride = {
  strategy: { kind: "fixed", price: tenge(12_990) },
  step: { unit: "percent", value: 0.5 },
  floorFromCost: true,
  excludeRivals: ["11271005", "30463420"],
  onlyRivals: ["30463420", "17203946"],
  minRating: 4.5,
  minReviews: 1_200,
  fastAsOurs: true,
  outlierPercent: 47.5,
  rounding: { kind: "ending", value: 990 },
  schedule: {
    windows: [
      { days: [1, 2, 3, 4, 5], from: 540, to: 1260 },
      { days: [6, 7], from: 600, to: 120 },
    ],
    outside: "ceiling",
  },
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

  it("that asks nothing where the rule above asks says so", () => {
    const nothing: RuleOverride = {
      excludeRivals: [],
      onlyRivals: [],
      minRating: null,
      minReviews: null,
      fastAsOurs: false,
      outlierPercent: null,
      rounding: { kind: "to", value: 1 },
      schedule: null,
    };
    expect(saved(nothing)).toEqual(nothing);
  });

  it("starts a schedule with hours that can be saved at once", () => {
    const draft = { ...draftOf(ruleFormValues({}), defaultRule, "ru"), schedule: "hold" as const };
    expect(ruleForm.parse(submission(draft))).toEqual({
      schedule: { windows: [{ days: [1, 2, 3, 4, 5], from: 540, to: 1260 }], outside: "hold" },
    });
  });

  it("forgets a number whose choice was taken back", () => {
    const draft = { ...draftOf(ruleFormValues(full), defaultRule, "ru"), rating: "any" as const };
    expect(ruleForm.parse(submission(draft))).toMatchObject({ minRating: null });
    expect(draftInWords(draft, defaultRule).minRating).toBeNull();
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

  it("keeps each list of sellers by itself, whatever the other one says", () => {
    for (const rule of [
      { excludeRivals: ["1"] },
      { onlyRivals: ["2"] },
      { excludeRivals: [], onlyRivals: ["2"] },
      { excludeRivals: ["1", "2"], onlyRivals: ["2", "3"] },
    ])
      expect(saved(rule)).toEqual(rule);
  });

  it("calls sellers by name in its words, and by number those whom nobody has seen", () => {
    const names = new Map([["11271005", "Sulpak"]]);
    const draft = { ...draftOf(ruleFormValues(full), defaultRule, "ru"), onlyList: "" as const };
    expect(draftInWords(draft, defaultRule, names)).toMatchObject({
      excluded: ["Sulpak", "30463420"],
      only: null,
    });
    expect(inWords({ ...defaultRule, ...full }, names).excluded).toEqual(["Sulpak", "30463420"]);
    const none = { ...draft, excludeList: "some" as const, excludeSellers: "" };
    expect(draftInWords(none, defaultRule, names).excluded).toEqual([]);
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
