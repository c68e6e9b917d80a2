import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import {
  byTablePoint,
  outsideTable,
  pointOfTable,
  shortPoint,
  tablePoint,
} from "@/lib/preorders/points-model";
import {
  isOverdue,
  isShown,
  judgeWrite,
  leftOut,
  type ShownPoint,
  slowLook,
  wishOf,
} from "@/lib/preorders/rules";

const shownAt = (pointId: string, rest: Partial<ShownPoint> = {}): ShownPoint => ({
  ...{ pointId, available: true, stockManaged: false, stockCount: null, preorderDays: null },
  ...rest,
});
const row = (...availabilities: ShownPoint[]) => ({ onSale: true, pending: false, availabilities });
const off = { onSale: false, pending: false, availabilities: null };

const fresh = {
  ...{ ending: null, leadDays: 7, touched: [] as string[], before: null },
  points: [
    { pointId: "1_PP1", quantity: 3 },
    { pointId: "1_PP2", quantity: 0 },
  ],
};

describe("what is asked of Kaspi", () => {
  test("when it begins: days at the points that get pieces, of the others nothing", () => {
    expect(wishOf(fresh, row(shownAt("1_PP1"), shownAt("1_PP2")))).toEqual({
      onSale: true,
      points: [{ pointId: "1_PP1", available: true, days: 7 }],
    });
  });

  const before = {
    onSale: true,
    points: [
      shownAt("1_PP1", { available: false }),
      shownAt("1_PP2", { preorderDays: 2 }),
      shownAt("1_PP3", { stockManaged: true, stockCount: 0 }),
    ],
  };
  const touched = ["1_PP1", "1_PP2", "1_PP3", "1_PP4"];

  test("when it is cancelled: every point it has touched as it was, an empty or new one shut", () => {
    expect(wishOf({ ...fresh, before, touched, ending: "cancelled" }, row()).points).toEqual([
      { pointId: "1_PP1", available: false, days: 0 },
      { pointId: "1_PP2", available: true, days: 2 },
      { pointId: "1_PP3", available: false, days: 0 },
      { pointId: "1_PP4", available: false, days: 0 },
    ]);
  });

  test("when goods that were off sale are cancelled: its own points shut, and those of nobody else", () => {
    const asked = { ...fresh, before: off_(), touched: ["1_PP1"], ending: "cancelled" as const };
    const points = [{ pointId: "1_PP1", available: false, days: 0 }];
    const alone = shownAt("1_PP2", { available: false });
    expect(wishOf(asked, row(shownAt("1_PP1"), alone))).toEqual({ onSale: false, points });
    const opened = wishOf(asked, row(shownAt("1_PP1"), shownAt("1_PP2")));
    expect(opened).toEqual({ onSale: true, points });
    const after = row(shownAt("1_PP1", { available: false }), shownAt("1_PP2"));
    expect(isShown(opened, after)).toBe(true);
  });

  test("what was sold out meanwhile is not opened: neither cancelled nor left by an edit", () => {
    const had = { onSale: true, points: [shownAt("1_PP2", { stockManaged: true, stockCount: 3 })] };
    const now = row(shownAt("1_PP2", { stockManaged: true, stockCount: 0, preorderDays: 7 }));
    const asked = { ...fresh, before: had, touched: ["1_PP2"] };
    const shut = { pointId: "1_PP2", available: false, days: 0 };
    expect(wishOf({ ...asked, ending: "cancelled" }, now)).toEqual({
      onSale: false,
      points: [shut],
    });
    expect(wishOf(asked, now).points).toContainEqual(shut);
  });
  const off_ = () => ({ onSale: false, points: null });

  test("when the goods have come: no days, and the points stay open", () => {
    const asked = { ...fresh, before, touched: ["1_PP1"], ending: "completed" as const };
    expect(wishOf(asked, row())).toEqual({
      onSale: true,
      points: [{ pointId: "1_PP1", available: true, days: 0, stock: 3 }],
    });
  });

  test("a point that an edit has taken out is put back", () => {
    const asked = { ...fresh, before, touched: ["1_PP1", "1_PP2"] };
    expect(wishOf(asked, row()).points).toContainEqual({
      pointId: "1_PP2",
      available: true,
      days: 2,
    });
  });
});

describe("what Kaspi shows", () => {
  const wish = { onSale: true, points: [{ pointId: "1_PP1", available: true, days: 7 }] };

  test.each([
    ["the days on the point", row(shownAt("1_PP1", { preorderDays: 7 })), true],
    ["other days", row(shownAt("1_PP1", { preorderDays: 5 })), false],
    [
      "the days on a point that is shut",
      row(shownAt("1_PP1", { available: false, preorderDays: 7 })),
      false,
    ],
    ["another point", row(shownAt("1_PP2", { preorderDays: 7 })), false],
    ["goods off sale", { ...row(shownAt("1_PP1", { preorderDays: 7 })), onSale: false }, false],
    ["no such article", null, false],
  ] as const)("%s", (_title, shown, is) => {
    expect(isShown(wish, shown)).toBe(is);
  });

  test("off sale is off sale, whatever the points say", () => {
    const shut = { onSale: false, points: [{ pointId: "1_PP1", available: false, days: 0 }] };
    expect([off, null, row(shownAt("1_PP1"))].map((one) => isShown(shut, one))).toEqual([
      ...[true, true, false],
    ]);
  });

  test("whatever is wished is shown once the points are so", () => {
    const ids = ["1_PP1", "1_PP2", "1_PP3"];
    const points = fc.uniqueArray(
      fc.record({
        pointId: fc.constantFrom(...ids),
        available: fc.boolean(),
        days: fc.integer({ min: 0, max: 30 }),
      }),
      { selector: ({ pointId }) => pointId },
    );
    fc.assert(
      fc.property(points, (wished) => {
        const applied = wished.map(({ pointId, available, days }) =>
          shownAt(pointId, { available, preorderDays: days }),
        );
        expect(isShown({ onSale: true, points: wished }, row(...applied))).toBe(true);
      }),
    );
  });
});

describe("what became of a write", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  const sent = (agoMs: number, isSure = true) => ({ since: later(now, -agoMs), isSure, looks: 0 });
  const judge = (
    write: ReturnType<typeof sent>,
    shown = false,
    kaspi: typeof off | null = row() as never,
  ) => judgeWrite(write, kaspi, { shown, now }).kind;

  test("shown is shown, however late", () => expect(judge(sent(2 * DAY), true)).toBe("shown"));
  test("within the hour Kaspi promises nobody knows", () =>
    expect(judge(sent(59 * MINUTE))).toBe("unknown"));
  test("after it Kaspi has not applied it", () => expect(judge(sent(HOUR))).toBe("not_applied"));
  test("one that may never have left, and left no trace for a quarter of an hour, has not arrived", () =>
    expect([judge(sent(14 * MINUTE, false)), judge(sent(15 * MINUTE, false))]).toEqual([
      "unknown",
      "not_arrived",
    ]));
  test("while Kaspi works on something, or the row cannot be read, it may have", () => {
    const busy = { ...row(), pending: true } as never;
    expect(judge(sent(15 * MINUTE, false), false, busy)).toBe("unknown");
    expect(judge(sent(15 * MINUTE, false), false, null)).toBe("unknown");
  });

  test("it is looked for ever more rarely, and told of after a day", () => {
    const wait = (agoMs: number) => slowLook(later(now, -agoMs), now).getTime() - now.getTime();
    expect([wait(HOUR), wait(7 * HOUR), wait(2 * DAY)]).toEqual([15 * MINUTE, HOUR, 6 * HOUR]);
    expect([isOverdue(later(now, -DAY + 1), now), isOverdue(later(now, -DAY), now)]).toEqual([
      ...[false, true],
    ]);
  });
});

describe("who gets one", () => {
  const good = { storeId: "a", mayChange: true, hasOpen: false, isGone: false, price: 500 };
  const wanted = { storeId: "a", price: null };
  test.each([
    ["a product of the store", {}, null],
    ["one of another store", { storeId: "b" }, "other_store"],
    ["one the person may not change", { mayChange: false }, "read_only"],
    ["one that has an open preorder", { hasOpen: true }, "has_open"],
    ["one Kaspi does not list", { isGone: true }, "gone"],
    ["one without a price", { price: null }, "no_price"],
    ["one cheaper than Kaspi takes", { price: 9 }, "price_below_minimum"],
  ] as const)("%s", (_title, rest, why) => {
    expect(leftOut({ ...good, ...rest }, wanted)).toBe(why);
  });
  test("a typed price is for those without one", () =>
    expect(leftOut({ ...good, price: null }, { storeId: "a", price: 700 })).toBeNull());
});

describe("the five points of Kaspi's table", () => {
  test("are PP1 to PP5 of the merchant, and no others", () => {
    expect(["77_PP1", "77_PP5", "PP3"].map((id) => tablePoint(id, "77"))).toEqual([1, 5, 3]);
    expect(outsideTable(["77_PP1", "77_PP6", "77_041600", "78_PP1"], "77")).toEqual([
      ...["77_PP6", "77_041600", "78_PP1"],
    ]);
    expect(shortPoint("77_041600", "77")).toBe("041600");
  });
  test("come back as they went in", () => {
    const counts = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(counts, (five) => {
        const points = five.map((quantity, nth) => ({
          pointId: pointOfTable(nth + 1, "77"),
          quantity,
        }));
        expect(byTablePoint(points, "77")).toEqual(five);
      }),
    );
  });
});
