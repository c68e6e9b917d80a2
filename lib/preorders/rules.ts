import { DAY, HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import type { LeftOut, PointQuantity, Preorder } from "./model";

/** A point as Kaspi's list shows it. */
export type ShownPoint = {
  pointId: string;
  available: boolean;
  stockManaged: boolean;
  stockCount: number | null;
  preorderDays: number | null;
};
/** Kaspi's row of the product, as far as preorders go. */
export type ShownRow = { onSale: boolean; pending: boolean; availabilities: ShownPoint[] | null };

export type Wish = NonNullable<Preorder["wish"]>;
type WishedPoint = Wish["points"][number];
type Before = NonNullable<Preorder["before"]>;
type Shown = Pick<ShownRow, "onSale" | "availabilities">;

const awaited = (points: readonly PointQuantity[]) =>
  points
    .filter(({ quantity }) => quantity > 0)
    .map(({ pointId, quantity }) => ({ pointId, quantity }));

/**
 * What the product's points are to be at Kaspi. A preorder that begins sets its days on its own points; one
 * that is cancelled puts every point it has touched back, shut where the goods were off sale or are sold out
 * by now; when the goods have come their days are cleared and the points stay on sale. `shown`: Kaspi's row
 * of this moment.
 */
export function wishOf(
  preorder: Pick<Preorder, "ending" | "leadDays" | "points" | "touched" | "before">,
  shown: Shown,
): Wish {
  const before: Before = preorder.before ?? {
    onSale: shown.onSale,
    points: shown.availabilities,
  };
  const { ending, leadDays, touched } = preorder;
  const own = awaited(preorder.points);
  const putBack = (id: string) => (before.onSale ? asBefore(before, id, shown) : closed(id));
  if (ending === "cancelled") {
    const points = touched.map(putBack);
    // A point that is not the preorder's is whoever's has opened it: it stays, and the goods with it.
    const others = (shown.availabilities ?? []).filter((one) => !touched.includes(one.pointId));
    return { onSale: [...points, ...others].some(({ available }) => available), points };
  }
  const given = own.map(
    ({ pointId, quantity }): WishedPoint =>
      ending === "completed"
        ? { pointId, available: true, days: 0, stock: quantity }
        : { pointId, available: true, days: leadDays },
  );
  const others = touched.filter((id) => !own.some(({ pointId }) => pointId === id));
  return { onSale: true, points: [...given, ...others.map(putBack)] };
}

const closed = (pointId: string): WishedPoint => ({ pointId, available: false, days: 0 });

/**
 * A counted point without stock is left shut: opened, it would sell what nobody has (protocol C3). What counts
 * is the stock of this moment, for it may have been sold since.
 */
function asBefore({ points }: Before, pointId: string, shown: Shown): WishedPoint {
  const isIt = (one: ShownPoint) => one.pointId === pointId;
  const point = points?.find(isIt);
  if (!point) return closed(pointId);
  const { stockManaged, stockCount } = shown.availabilities?.find(isIt) ?? point;
  const isEmpty = stockManaged && !stockCount;
  return { pointId, available: point.available && !isEmpty, days: point.preorderDays ?? 0 };
}

/** Whether Kaspi's list shows what was asked of it; `null`: the article is not in the list. */
export function isShown({ onSale, points }: Wish, row: ShownRow | null): boolean {
  if (!row?.onSale) return !onSale;
  return points.every(({ pointId, available, days }) => {
    const point = row.availabilities?.find((one) => one.pointId === pointId);
    if (!available) return !point?.available;
    return point?.available === true && (point.preorderDays ?? 0) === days;
  });
}

/** Kaspi promises up to an hour (protocol C1). */
const LONGEST_MS = HOUR;
/** A request that may never have arrived, and of which Kaspi's row shows no trace. */
const LONGEST_UNSURE_MS = 15 * MINUTE;
const LOOKS_MS = [6 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE];
const SLOW_LOOK_MS = 5 * MINUTE;
const TOLD_AFTER_MS = DAY;

export type Fate =
  | { kind: "shown" }
  | { kind: "not_applied" }
  | { kind: "not_arrived" }
  | { kind: "unknown"; lookAt: Date };

/** What became of a write: accepted is not applied, only the list proves it. */
export function judgeWrite(
  write: { since: Date; isSure: boolean; looks: number },
  row: ShownRow | null,
  { shown, now }: { shown: boolean; now: Date },
): Fate {
  if (shown) return { kind: "shown" };
  const age = now.getTime() - write.since.getTime();
  if (age >= LONGEST_MS) return { kind: "not_applied" };
  const isQuiet = row !== null && !row.pending;
  if (!write.isSure && isQuiet && age >= LONGEST_UNSURE_MS) return { kind: "not_arrived" };
  return { kind: "unknown", lookAt: later(now, LOOKS_MS[write.looks] ?? SLOW_LOOK_MS) };
}

/** When a preorder that Kaspi accepted and does not show is looked for again: ever more rarely. */
export function slowLook(sentAt: Date, now: Date): Date {
  const age = now.getTime() - sentAt.getTime();
  if (age < 6 * HOUR) return later(now, 15 * MINUTE);
  return later(now, age < TOLD_AFTER_MS ? HOUR : 6 * HOUR);
}

/** Whether its owner is to be told that Kaspi does not show it. */
export const isOverdue = (sentAt: Date, now: Date): boolean =>
  now.getTime() - sentAt.getTime() >= TOLD_AFTER_MS;

/** What the stored row of a product says of making a preorder. */
export type Candidate = {
  storeId: string;
  mayChange: boolean;
  hasOpen: boolean;
  isGone: boolean;
  price: number | null;
};

const LOWEST = 10;

/** Why a product gets no preorder in the store; null: it does. `price`: the one typed for all, ₸. */
export function leftOut(
  candidate: Candidate,
  wanted: { storeId: string; price: number | null },
): LeftOut | null {
  if (candidate.storeId !== wanted.storeId) return "other_store";
  if (!candidate.mayChange) return "read_only";
  if (candidate.hasOpen) return "has_open";
  if (candidate.isGone) return "gone";
  const price = candidate.price ?? wanted.price;
  if (price === null) return "no_price";
  return price < LOWEST ? "price_below_minimum" : null;
}
