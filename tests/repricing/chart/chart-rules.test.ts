import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import {
  limitSteps,
  type PricedDecision,
  priceSteps,
  rivalSteps,
  spanKnown,
  stepsWithin,
  thinMoments,
  thinSteps,
} from "@/lib/repricing/chart/chart-rules";

const steps = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 100_000 }),
      value: fc.option(fc.integer({ min: 10, max: 1_000 })),
    }),
    { maxLength: 800 },
  )
  .map((drawn) => drawn.toSorted((a, b) => a.at - b.at));

describe("thinning", () => {
  test("a short line stays as it is", () => {
    const line = [
      { at: 1, value: 5 },
      { at: 2, value: null },
    ];
    expect(thinSteps(line, 2)).toEqual(line);
  });

  test("a long line keeps to its bound, its order, its ends, its lowest and its highest", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 10, max: 300 }), (line, most) => {
        const thin = thinSteps(line, most);
        const values = (of: typeof line) => of.flatMap(({ value }) => value ?? []);
        expect(thin.length).toBeLessThanOrEqual(most);
        expect(thin).toEqual(line.filter((step) => thin.includes(step)));
        expect([thin[0], thin.at(-1)]).toEqual([line[0], line.at(-1)]);
        expect(Math.min(...values(thin))).toBe(Math.min(...values(line)));
        expect(Math.max(...values(thin))).toBe(Math.max(...values(line)));
      }),
    );
  });

  test("a gap is not thinned away", () => {
    const line = Array.from({ length: 1_000 }, (_, at) => ({ at, value: at === 500 ? null : 100 }));
    expect(thinSteps(line, 50)).toContainEqual({ at: 500, value: null });
  });

  test("of many moments the weightiest stay, the latest of equals", () => {
    const moments = Array.from({ length: 1_000 }, (_, at) => ({ at, sent: at === 3 ? 1 : 0 }));
    const thin = thinMoments(moments, 10, ({ sent }) => sent);
    expect(thin).toHaveLength(10);
    expect(thin[0]?.at).toBe(3);
    expect(thin.at(-1)?.at).toBe(999);
  });
});

const decision = (over: Partial<PricedDecision>): PricedDecision => ({
  decidedAt: 0,
  sentAt: null,
  priceBefore: 100,
  price: null,
  wasSent: false,
  ...over,
});

describe("our price", () => {
  test("moves when a price is sent, not when it is decided", () => {
    const sent = decision({ decidedAt: 10, sentAt: 15, price: 90, wasSent: true });
    expect(priceSteps([sent])).toEqual([
      { at: 10, value: 100 },
      { at: 15, value: 90 },
    ]);
  });

  test("does not move for what was never sent or what Kaspi refused", () => {
    expect(priceSteps([decision({ price: 90 }), decision({ decidedAt: 9 })])).toEqual([
      { at: 0, value: 100 },
    ]);
  });

  test("shows what somebody else has set in Kaspi's cabinet", () => {
    const found = decision({ decidedAt: 9, priceBefore: 120 });
    expect(priceSteps([decision({}), found]).at(-1)).toEqual({ at: 9, value: 120 });
  });
});

describe("the allowed band", () => {
  test("without a typed ceiling reaches up to the anchor known then", () => {
    const { ceiling } = limitSteps(
      [
        { at: 1, floor: 80, ceiling: null, anchor: 110 },
        { at: 2, floor: 80, ceiling: null },
        { at: 3, floor: 80, ceiling: 150 },
      ],
      999,
    );
    expect(ceiling).toEqual([
      { at: 1, value: 110 },
      { at: 3, value: 150 },
    ]);
  });

  test("ends where the floor was taken away", () => {
    const { floor, ceiling } = limitSteps(
      [
        { at: 1, floor: 80, ceiling: 150 },
        { at: 2, floor: null, ceiling: 150 },
      ],
      null,
    );
    expect([floor.at(-1), ceiling.at(-1)]).toEqual([
      { at: 2, value: null },
      { at: 2, value: null },
    ]);
  });
});

describe("the span", () => {
  const asked = { from: 0, to: 24 * HOUR };

  test("begins where something is known, an hour before now at the latest", () => {
    expect(spanKnown(asked, [20 * HOUR, 15 * HOUR])).toEqual({ from: 15 * HOUR, to: 24 * HOUR });
    expect(spanKnown(asked, [24 * HOUR - 1])).toEqual({ from: 23 * HOUR, to: 24 * HOUR });
    expect(spanKnown(asked, [])).toEqual({ from: 23 * HOUR, to: 24 * HOUR });
  });

  test("is whole when what is known is older", () => {
    expect(spanKnown(asked, [-HOUR, 15 * HOUR])).toEqual(asked);
  });
});

describe("the best rival", () => {
  const span = { from: 0, to: 10 * HOUR };

  test("is one line while somebody looks, and a gap while nobody does", () => {
    const markets = [
      { first: 0, last: HOUR, best: 100 },
      { first: HOUR + 30 * MINUTE, last: 2 * HOUR, best: 90 },
      { first: 8 * HOUR, last: 10 * HOUR, best: 95 },
    ];
    const { rival, unread } = rivalSteps(markets, span, 5);
    expect(unread).toEqual([{ from: 2 * HOUR, to: 8 * HOUR }]);
    expect(rival).toEqual([
      { at: 0, value: 100 },
      { at: HOUR + 30 * MINUTE, value: 90 },
      { at: 2 * HOUR, value: null },
      { at: 8 * HOUR, value: 95 },
    ]);
  });

  test("is unknown since the last look, when that was long ago", () => {
    const { unread } = rivalSteps([{ first: 0, last: HOUR, best: 100 }], span, 5);
    expect(unread).toEqual([{ from: HOUR, to: 10 * HOUR }]);
  });

  test("nobody else selling is not an unread market", () => {
    const markets = [{ first: 0, last: 10 * HOUR, best: null }];
    expect(rivalSteps(markets, span, 5)).toEqual({ rival: [{ at: 0, value: null }], unread: [] });
  });
});

test("a span begins with what was true before it", () => {
  const line = [
    { at: 1, value: 10 },
    { at: 3, value: 20 },
    { at: 7, value: 30 },
    { at: 9, value: 40 },
  ];
  expect(stepsWithin(line, { from: 5, to: 8 })).toEqual([
    { at: 5, value: 20 },
    { at: 7, value: 30 },
  ]);
});
