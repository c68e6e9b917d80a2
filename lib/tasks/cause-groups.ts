import type { Cause } from "./cause-queries";

/** So many products of a store whose prices wait have a task each; more of them at once have one together. */
const MOST_ALONE = 5;

/** What one task is made for: one notice, one product's prices in all cities, or prices of many products. */
export type Topic = { first: Cause; noticeIds: string[]; isOfMany: boolean };

/** An open task of a rule, and one of the notices it was made for. */
export type Known = { taskId: string; key: string; productId: string | null };

const isFrozen = ({ rule }: Cause) => rule.noticeKind === "price_frozen";
const productOf = ({ notice }: Cause) => String(notice.params.product_id ?? notice.key);

/** What is decided on together: the prices of a store that one rule waits for; everything else by itself. */
export const batchesOf = (causes: readonly Cause[]): Cause[][] =>
  grouped(causes, (cause) => {
    const { rule, notice } = cause;
    return `${rule.id} ${isFrozen(cause) ? notice.storeId : notice.id}`;
  });

/** Which tasks are to be made for the causes of a batch. */
export function topicsOf(batch: readonly Cause[]): Topic[] {
  const topics = grouped(batch, productOf);
  const isOfMany = topics.length > MOST_ALONE;
  return (isOfMany ? [topics.flat()] : topics).flatMap((causes) => {
    const [first] = causes;
    const noticeIds = causes.map(({ notice }) => notice.id);
    return first ? [{ first, noticeIds, isOfMany }] : [];
  });
}

/** The open task that answers the cause already: of the same notice, the same product, or of many of the store. */
export function formerOf(cause: Cause, known: readonly Known[]): string | null {
  const same = known.find(({ key }) => key === cause.notice.key);
  if (same || !isFrozen(cause)) return same?.taskId ?? null;
  const ofProduct = known.find(({ productId }) => productId === productOf(cause));
  const ofMany = grouped(known, ({ taskId }) => taskId).find(
    (ones) => new Set(ones.map(({ productId }) => productId)).size > 1,
  );
  return ofProduct?.taskId ?? ofMany?.[0]?.taskId ?? null;
}

function grouped<One>(ones: readonly One[], keyOf: (one: One) => string): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of ones) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}
