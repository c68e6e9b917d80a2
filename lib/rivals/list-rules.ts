import { type FoundSeller, RIVALS_PAGE, type Rival, type RivalSort } from "./list-model";

type Asked = { q: string; sort: RivalSort; page: number };

const values: Record<string, (rival: Rival) => number | string | null> = {
  name: ({ name }) => name.toLocaleLowerCase(),
  cards: ({ cards }) => cards,
  cheaper: ({ cheaper }) => cheaper,
  gap: ({ gap }) => gap,
  seen: ({ seenAt }) => seenAt?.getTime() ?? null,
};

/** The rivals that fit, in the order asked for; what is not known comes last. */
export function rivalsInOrder(
  rivals: readonly Rival[],
  { q, sort }: Pick<Asked, "q" | "sort">,
): Rival[] {
  const words = q.toLocaleLowerCase();
  const found = rivals.filter(
    ({ name, merchantId }) => merchantId === q || name.toLocaleLowerCase().includes(words),
  );
  return found.toSorted(orderOf(sort));
}

/** One page of them. */
export function pageOfRivals(
  rivals: readonly Rival[],
  { page: asked, ...choice }: Asked,
): { rows: Rival[]; total: number; page: number } {
  const ordered = rivalsInOrder(rivals, choice);
  const page = Math.min(asked, Math.max(1, Math.ceil(ordered.length / RIVALS_PAGE)));
  const rows = ordered.slice((page - 1) * RIVALS_PAGE, page * RIVALS_PAGE);
  return { rows, total: ordered.length, page };
}

function orderOf(sort: RivalSort): (a: Rival, b: Rival) => number {
  const direction = sort.startsWith("-") ? -1 : 1;
  const value = values[sort.replace("-", "")] ?? (() => null);
  return (a, b) => compare(value(a), value(b), direction) || tie(a, b);
}

const tie = (a: Rival, b: Rival) => b.cards - a.cards || (a.merchantId < b.merchantId ? -1 : 1);

function compare(x: number | string | null, y: number | string | null, direction: 1 | -1): number {
  if (x === y) return 0;
  if (x === null) return 1;
  if (y === null) return -1;
  return x < y ? -direction : direction;
}

/** Sellers whose name has all the words, or whose number begins so; those on most cards first. */
export function sellersLike(rivals: readonly Rival[], q: string, most: number): FoundSeller[] {
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const isLike = ({ merchantId, name }: Rival) =>
    words.every((word) => name.toLocaleLowerCase().includes(word)) ||
    (q !== "" && merchantId.startsWith(q));
  return rivals
    .filter(isLike)
    .toSorted(tie)
    .slice(0, most)
    .map(({ merchantId, name, cards }) => ({ id: merchantId, name, cards }));
}
