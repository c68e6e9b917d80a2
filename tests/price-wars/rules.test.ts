import { describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import {
  chaseOf,
  cutsWith,
  followChase,
  isOver,
  type OwnMove,
  remedyOf,
  type Sighting,
} from "@/lib/price-wars/rules";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import { noon } from "../support/pricing";

type Move = ["us" | string, price: number];

/** A market told move by move, one every `apart`: who asks how much from then on. We begin at 1000. */
function story(apart: number, moves: Move[], { ours = 1000 } = {}) {
  const own: OwnMove[] = [];
  const sightings: Sighting[] = [];
  let now = ours;
  let prices: Record<string, Tenge> = {};
  moves.forEach(([who, price], nth) => {
    const at = later(noon, nth * apart);
    if (who === "us") {
      own.push({ at, before: tenge(now), price: tenge(price) });
      now = price;
    } else {
      prices = { ...prices, [who]: tenge(price) };
      sightings.push({ at, prices });
    }
  });
  return { own, sightings, end: later(noon, moves.length * apart) };
}

const chase = ({ own, sightings }: ReturnType<typeof story>) => chaseOf(own, sightings);

const war: Move[] = [
  ["r", 1010],
  ["r", 999],
  ["us", 998],
  ["r", 997],
  ["us", 996],
  ["r", 995],
  ["us", 994],
];

describe("a chase", () => {
  test("is three cuts of one rival, each answered with one of ours", () => {
    expect(chase(story(10 * MINUTE, war))).toEqual({
      rivalId: "r",
      rounds: 3,
      startedAt: later(noon, 10 * MINUTE),
      lastCutAt: later(noon, 60 * MINUTE),
      lastCutBy: "us",
      priceBefore: 1000,
      price: 994,
      rivalPrice: 995,
    });
    expect(chase(story(10 * MINUTE, war.slice(0, -1)))).toBeNull();
  });

  test("is not one cut a day, however long it goes on", () => {
    const moves = Array.from({ length: 30 }, (_, nth): Move[] => [
      ["r", 1009 - 2 * nth],
      ["us", 1008 - 2 * nth],
    ]).flat();
    expect(chase(story(DAY / 2, moves))).toBeNull();
    expect(chase(story(4 * HOUR, moves))).toBeNull();
  });

  test("is not a rival that only ever cuts, nor we alone", () => {
    expect(
      chase(
        story(MINUTE, [
          ["r", 1010],
          ["r", 990],
          ["r", 980],
          ["r", 970],
          ["us", 960],
        ]),
      ),
    ).toBeNull();
    expect(
      chase(
        story(MINUTE, [
          ["r", 1010],
          ["us", 990],
          ["us", 980],
          ["us", 970],
        ]),
      ),
    ).toBeNull();
  });

  test("is not a stranger whose price falls far above ours while we follow another", () => {
    const moves = war.flatMap(([who, price], nth): Move[] => [
      ["far", 3000 - nth],
      [who, price],
    ]);
    expect(chase(story(5 * MINUTE, moves))?.rivalId).toBe("r");
    const drift: Move[] = [2000, 1900, 1800, 1700].flatMap((price, nth): Move[] => [
      ["far", price],
      ["us", 999 - nth],
    ]);
    expect(chase(story(MINUTE, drift))).toBeNull();
  });

  test("is not three rivals who each cut once", () => {
    const moves: Move[] = ["a", "b", "c"].flatMap((who, nth): Move[] => [
      [who, 1010],
      [who, 999 - 2 * nth],
      ["us", 998 - 2 * nth],
    ]);
    expect(chase(story(MINUTE, moves))).toBeNull();
  });

  test("goes on over a raise, as of a bot that starts anew from its ceiling", () => {
    const saw: Move[] = [...war, ["us", 1000], ["r", 1002], ["r", 999], ["us", 998]];
    expect(chase(story(10 * MINUTE, saw))).toMatchObject({ rounds: 4, price: 998 });
  });

  test("begins anew after a long rest", () => {
    const first = story(10 * MINUTE, war);
    const lower = war.map(([who, price]): Move => [who, price - 6]);
    const second = story(10 * MINUTE, lower, { ours: 994 });
    const shifted = <Event extends { at: Date }>(events: Event[]) =>
      events.map((event) => ({ ...event, at: later(event.at, 5 * HOUR) }));
    const found = chaseOf(
      [...first.own, ...shifted(second.own)],
      [...first.sightings, ...shifted(second.sightings)],
    );
    expect(found).toMatchObject({ rounds: 3, startedAt: later(noon, 5 * HOUR + 10 * MINUTE) });
  });
});

describe("an open war", () => {
  const begun = story(10 * MINUTE, war);
  const opened = chase(begun);
  if (!opened) throw new Error("no chase");

  test("counts what came since once, however often it is looked at", () => {
    const longer = story(10 * MINUTE, [...war, ["r", 990], ["us", 989], ["r", 985]]);
    const cuts = cutsWith("r", longer.own, longer.sightings);
    const once = followChase(opened, cuts);
    expect(once).toMatchObject({ rounds: 4, price: 989, rivalPrice: 985, lastCutBy: "rival" });
    expect(followChase(once, cuts)).toBe(once);
    expect(once.startedAt).toEqual(opened.startedAt);
  });

  test("is over when nobody has cut for three hours", () => {
    expect(isOver(opened, later(opened.lastCutAt, 3 * HOUR))).toBe(false);
    expect(isOver(opened, later(opened.lastCutAt, 3 * HOUR + 1))).toBe(true);
  });
});

test.each(["match", "hold", "above", "night"] as const)("the answer %s is a rule", (answer) => {
  const rule = remedyOf(answer, tenge(12_990));
  expect(ruleOverrideSchema.parse(rule)).toEqual(rule);
});
