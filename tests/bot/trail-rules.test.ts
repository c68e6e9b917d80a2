import { expect, test } from "vitest";
import type { Screen } from "@/lib/bot/model";
import { trailAfter } from "@/lib/bot/trail-rules";

const home: Screen = { name: "home" };
const lists = (page: number): Screen => ({ name: "lists", page });
const settings: Screen = { name: "settings" };

test("a screen is opened above the one that is shown, or in its place", () => {
  expect(trailAfter([home], { open: lists(1) })).toEqual([home, lists(1)]);
  expect(trailAfter([home, lists(1)], { turn: lists(2) })).toEqual([home, lists(2)]);
});

test("the way back leads by as many screens as it says, and never past the first", () => {
  expect(trailAfter([home, lists(1), settings], { back: 1 })).toEqual([home, lists(1)]);
  expect(trailAfter([home, lists(1), settings], { back: 2 })).toEqual([home]);
  expect(trailAfter([home], { back: 3 })).toEqual([home]);
});

test("who is nowhere is at home", () => {
  expect(trailAfter([], {})).toEqual([home]);
  expect(trailAfter([], { open: settings })).toEqual([settings]);
});

test("however far somebody goes, the first screen stays at the end of the way back", () => {
  let trail: Screen[] = [home];
  for (let page = 1; page <= 50; page += 1) trail = trailAfter(trail, { open: lists(page) });
  expect(trail.length).toBeLessThanOrEqual(12);
  expect(trail[0]).toEqual(home);
  expect(trail.at(-1)).toEqual(lists(50));
});
