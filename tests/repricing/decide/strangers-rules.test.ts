import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import type { Offer } from "@/lib/repricing/decide/model";
import { rivalsOf } from "@/lib/repricing/decide/rules";
import type { Strategy } from "@/lib/repricing/rule/rule-model";
import { offer } from "../../support/pricing";
import { seeded } from "../../support/random-market";
import { cyclesToRest, randomPair, seller } from "../../support/strangers";

test("two of our engines as strangers fight down to the higher floor and stop there", () => {
  const [ours, theirs] = [seller("ours", 1000, 900), seller("theirs", 1000, 800)];
  expect(cyclesToRest([ours, theirs], 200)).toBe(51);
  expect([ours.price, theirs.price]).toEqual([900, 899]);
});

test("with equal floors both end on it", () => {
  const [ours, theirs] = [seller("ours", 1000, 900), seller("theirs", 1100, 900)];
  expect(cyclesToRest([ours, theirs], 200)).not.toBeNull();
  expect([ours.price, theirs.price]).toEqual([900, 900]);
});

test("who matches a match stops at once", () => {
  const match = { strategy: { kind: "match" } } as const;
  const [ours, theirs] = [seller("ours", 1000, 900, match), seller("theirs", 990, 900, match)];
  expect(cyclesToRest([ours, theirs], 20)).toBe(1);
  expect([ours.price, theirs.price]).toEqual([990, 990]);
});

const strategies = {
  undercut: { kind: "undercut" },
  match: { kind: "match" },
  above: { kind: "above" },
  position: { kind: "position", place: 2 },
  average: { kind: "average", of: 3 },
  fixed: { kind: "fixed", price: tenge(950) },
} as const satisfies Record<Strategy["kind"], Strategy>;

test.each<[Strategy["kind"], Strategy["kind"], cycles: number, ours: number, theirs: number]>([
  ["undercut", "undercut", 51, 900, 899],
  ["undercut", "match", 100, 900, 900],
  ["undercut", "above", 1, 999, 1000],
  ["undercut", "position", 51, 900, 899],
  ["undercut", "average", 100, 900, 900],
  ["undercut", "fixed", 2, 949, 950],
  ["match", "match", 0, 1000, 1000],
  ["match", "above", 0, 1000, 1000],
  ["match", "position", 101, 900, 899],
  ["match", "average", 0, 1000, 1000],
  ["match", "fixed", 2, 950, 950],
  ["above", "above", 0, 1000, 1000],
  ["above", "position", 1, 1000, 999],
  ["above", "average", 0, 1000, 1000],
  ["above", "fixed", 2, 951, 950],
  ["position", "position", 51, 900, 899],
  ["position", "average", 100, 900, 900],
  ["position", "fixed", 2, 949, 950],
  ["average", "average", 0, 1000, 1000],
  ["average", "fixed", 2, 950, 950],
  ["fixed", "fixed", 1, 950, 950],
])("%s against %s rests after %d cycles", (one, other, cycles, ourPrice, theirPrice) => {
  const ours = seller("ours", 1000, 900, { strategy: strategies[one] });
  const theirs = seller("theirs", 1000, 880, { strategy: strategies[other] });
  expect(cyclesToRest([ours, theirs], 400)).toBe(cycles);
  expect([ours.price, theirs.price]).toEqual([ourPrice, theirPrice]);
});

test("whatever their rules, 2,000 random pairs come to rest and neither goes below its floor", () => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 2_000; seed++) {
    const random = seeded(seed);
    const pair = randomPair(random);
    const cycles = cyclesToRest(pair, 400);
    if (cycles === null) expect.fail(`still fighting (seed ${seed}): ${JSON.stringify(pair)}`);
  }
});

test("who goes to the ceiling when blocked may fight for ever, but never below a floor", () => {
  const patient = seller("ours", 1000, 900, { whenBlocked: "ceiling" });
  expect(cyclesToRest([patient, seller("theirs", 1000, 800)], 2_000)).toBeNull();
});

test("two own stores on one card leave each other alone", () => {
  const own = new Set(["our-store", "our-second-store"]);
  const offers = [...own].map((merchantId): Offer => offer({ merchantId, price: tenge(1000) }));
  expect(rivalsOf(offers, own)).toEqual([]);
});
