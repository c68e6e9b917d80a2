import { LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import type { UndoSubject, UndoWhy } from "./undo-model";

export type UndoOutcome =
  /** `price` is the one before the first of the changes, `anchor` the highest the bot may rise to by it. */
  | { kind: "back"; price: Tenge; anchor: Tenge }
  | { kind: "withdrawn" }
  | { kind: "skipped"; why: UndoWhy };

export type JudgedUndo = { subject: UndoSubject; outcome: UndoOutcome };

/**
 * What becomes of each change when a run is undone, in the order of the ledger. Several changes of one
 * product in one city go back together, to the price before the first; a change that has not left is
 * withdrawn. Limits are those that hold for a person's price.
 */
export function judgeUndoOfRun(
  subjects: readonly UndoSubject[],
  { evenIfChanged = false } = {},
): JudgedUndo[] {
  const groups = new Map<string, UndoSubject[]>();
  for (const subject of subjects) {
    const key = `${subject.productId} ${subject.cityId}`;
    groups.set(key, [...(groups.get(key) ?? []), subject]);
  }
  return [...groups.values()].flatMap((changes) => judgeTogether(changes, evenIfChanged));
}

function judgeTogether(changes: readonly UndoSubject[], evenIfChanged: boolean): JudgedUndo[] {
  const inOrder = [...changes].sort((one, other) => one.seq - other.seq);
  const left = inOrder.filter(({ state }) => state === "left");
  const back = putBack(left, evenIfChanged);
  return inOrder.map((subject) => {
    if (subject.state === "waiting") return { subject, outcome: { kind: "withdrawn" } };
    if (subject.state === "left" && back) return { subject, outcome: back };
    return { subject, outcome: { kind: "skipped", why: "never_left" } };
  });
}

function putBack(left: readonly UndoSubject[], evenIfChanged: boolean): UndoOutcome | null {
  const [first] = left;
  const last = left.at(-1);
  if (!first || !last) return null;
  const { priceBefore: price } = first;
  const isChanged = last.isOutdated || last.current !== last.price;
  const why = isChanged && !evenIfChanged ? "changed_since" : whyNot(last, price);
  if (why || price === null) return { kind: "skipped", why: why ?? "no_price_before" };
  const anchor = first.isByPerson ? first.anchorBefore : last.anchor;
  return { kind: "back", price, anchor: tenge(Math.max(anchor ?? 0, price)) };
}

/** Why the price before may not be sent now. `last` is what was changed to. */
function whyNot(last: UndoSubject, before: Tenge | null): UndoWhy | null {
  if (last.isGone) return "gone";
  if (!last.isPriced) return "other_city";
  if (!last.onSale) return "not_on_sale";
  if (before === null) return "no_price_before";
  if (before < Math.max(last.floor ?? 0, LOWEST_KASPI_PRICE)) return "below_floor";
  if (last.ceiling !== null && before > last.ceiling) return "above_ceiling";
  return null;
}
