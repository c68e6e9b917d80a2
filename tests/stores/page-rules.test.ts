import { describe, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import type { StopFacts } from "@/lib/stores/page-model";
import { budgetUse, citiesOf, cityChoiceOf, stopsOf } from "@/lib/stores/page-rules";

const now = new Date("2026-03-02T12:00:00Z");
const soon = later(now, 5 * MINUTE);
const past = later(now, -MINUTE);

const working: StopFacts = {
  isActive: true,
  officialOnly: false,
  paused: null,
  stopped: null,
  officeStopped: null,
  login: "shop@example.kz",
  session: "valid",
  reauthReason: null,
  loginBlockedUntil: null,
  loginBlockedBy: null,
  writesBlockedUntil: null,
  budget: { used: 3, limit: 250, windowMinutes: 30, freeAt: null },
  exits: [{ id: "1", name: null, isActive: true, restingUntil: null, deadSince: null }],
};

const kinds = (facts: Partial<StopFacts>) =>
  stopsOf({ ...working, ...facts }, now).map((stop) => stop.kind);

describe("what stands still", () => {
  test("is nothing when everything works, or has worked again for a while", () => {
    expect(kinds({})).toEqual([]);
    const resting = [
      { id: "1", name: "second", isActive: true, restingUntil: past, deadSince: null },
    ];
    expect(kinds({ loginBlockedUntil: past, writesBlockedUntil: past, exits: resting })).toEqual(
      [],
    );
  });

  test("is told in full, what only a person can undo first", () => {
    const pull = { who: "Айгерим", at: past };
    const everything = kinds({
      officeStopped: pull,
      stopped: pull,
      isActive: false,
      officialOnly: true,
      session: "needs_reauth",
      loginBlockedUntil: soon,
      writesBlockedUntil: soon,
      budget: { used: 250, limit: 250, windowMinutes: 30, freeAt: soon },
      exits: [{ id: "1", name: "second", isActive: true, restingUntil: soon, deadSince: null }],
    });
    expect(everything).toEqual([
      "office",
      "store",
      "official",
      "paused",
      "login",
      "login_break",
      "writes",
      "budget",
      "exit",
    ]);
  });

  test("says when nothing is left to read the market from", () => {
    const off = { id: "1", name: null, isActive: false, restingUntil: soon, deadSince: null };
    expect(kinds({ exits: [off] })).toEqual(["no_exit"]);
  });

  test("is not a dead proxy among others, but the last of them", () => {
    const dead = { id: "1", name: "second", isActive: true, restingUntil: soon, deadSince: past };
    expect(kinds({ exits: [...working.exits, dead] })).toEqual([]);
    expect(kinds({ exits: [dead, dead] })).toEqual(["exits_dead"]);
  });
});

describe("the budget", () => {
  const at = (minutesAgo: number) => later(now, -minutesAgo * MINUTE);

  test("is free until the last change of the limit is taken", () => {
    expect(budgetUse([at(1), at(2)], 3, 30).freeAt).toBeNull();
  });

  test("is free again when the oldest change that counts leaves the window", () => {
    const { used, freeAt } = budgetUse([at(1), at(2), at(10)], 3, 30);
    expect({ used, freeAt }).toEqual({ used: 3, freeAt: later(now, 20 * MINUTE) });
  });
});

describe("cities", () => {
  const point = (pointId: string, cityId: string, isActive = true) => ({
    pointId,
    label: pointId,
    cityId,
    cityName: cityId,
    isActive,
  });
  const points = [point("P1", "Astana"), point("P2", "Astana"), point("P3", "Almaty")];

  test("stand with the main one first, then by their working points", () => {
    const order = (mainCityId: string | null) => citiesOf(points, mainCityId).map(({ id }) => id);
    expect(order(null)).toEqual(["Astana", "Almaty"]);
    expect(order("Almaty")).toEqual(["Almaty", "Astana"]);
  });

  test("list the working points before the others", () => {
    const [city] = citiesOf([point("P1", "Astana", false), point("P2", "Astana")], null);
    expect(city?.points.map(({ pointId }) => pointId)).toEqual(["P2", "P1"]);
  });

  test("know why the main one is the one it is", () => {
    const why = (mainCityId: string | null, chosen?: string) =>
      cityChoiceOf(
        citiesOf(points, mainCityId),
        mainCityId,
        chosen === undefined ? null : { who: "Айгерим", at: past, cityId: chosen },
      ).why;
    expect(why("Almaty", "Almaty")).toBe("person");
    expect(why("Astana")).toBe("most_points");
    expect(why("Almaty")).toBe("kept");
    expect(why("Astana", "Almaty")).toBe("most_points");
    expect(cityChoiceOf([], "750000000", null).why).toBe("guess");
  });
});
