import { describe, expect, it } from "vitest";
import { decisionWords } from "@/components/repricing/decision-words";
import { translator } from "@/lib/i18n/translator";
import type { DecisionState } from "@/lib/repricing/decide/model";

const at = new Date("2026-11-21T00:00:00Z");
const later = new Date("2026-11-21T00:20:00Z");

const said = (state: DecisionState, stateReason: string | null = null) =>
  decisionWords(translator("ru"), "ru", {
    kind: "change",
    reason: "undercut",
    params: { price: 899, rival: 900 },
    state,
    stateReason,
    stateParams: { price: 950 },
    decidedAt: at,
    notBefore: later,
  });

describe("the words of a decision", () => {
  it("say the reason with its numbers", () => {
    expect(said("confirmed").text.replace(/\s/g, " ")).toBe(
      "Ставим 899 ₸: у самого дешёвого соперника 900 ₸.",
    );
  });

  it("say nothing of a fate when there was nothing to send", () => {
    expect(said("none").fate).toBeNull();
  });

  it.each([
    ["pending", null, "plain", true],
    ["pending", "rate_budget_deferred", "amber", false],
    ["sending", null, "plain", true],
    ["sent", null, "plain", true],
    ["confirmed", null, "green", false],
    ["frozen", null, "amber", false],
    ["refused", "below_floor", "amber", false],
    ["rejected", "other_price", "red", false],
  ] as const)("tell %s (%s) by its tone", (state, why, tone, live) => {
    expect(said(state, why).fate).toMatchObject({ tone, live });
  });

  it("say when a waiting one goes out, and only of a waiting one", () => {
    expect(said("pending", "rate_budget_deferred").goesAt).toEqual(later);
    expect(said("confirmed").goesAt).toBeNull();
  });
});
