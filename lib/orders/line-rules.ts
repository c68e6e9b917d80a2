/** What a line of an order is told from others by. */
export type LineMarks = {
  nth: number;
  entryId: string | null;
  sku: string | null;
  cardId: string | null;
};

const isSame = (one: string | null, other: string | null) => one !== null && one === other;
const isOther = (one: string | null, other: string | null) =>
  one !== null && other !== null && one !== other;

/** Another article is another line, whatever its number; without one another card is. */
function contradicts(known: LineMarks, said: LineMarks): boolean {
  if (isSame(known.sku, said.sku)) return false;
  return isOther(known.sku, said.sku) || isOther(known.cardId, said.cardId);
}

const signs: readonly ((known: LineMarks, said: LineMarks) => boolean)[] = [
  (known, said) => isSame(known.entryId, said.entryId),
  (known, said) => isSame(known.sku, said.sku) && known.nth === said.nth,
  (known, said) => isSame(known.sku, said.sku),
  (known, said) => isSame(known.cardId, said.cardId),
  (known, said) => known.nth === said.nth,
];

/**
 * Which of the known lines of an order each of those that Kaspi names now is: by the article and Kaspi's own id
 * before the number, which moves up when a line before it is cancelled. Left out: one that was not there.
 */
export function sameLines<Known extends LineMarks, Said extends LineMarks>(
  known: readonly Known[],
  said: readonly Said[],
): Map<Said, Known> {
  const pairs = new Map<Said, Known>();
  const free = new Set(known);
  for (const isSign of signs)
    for (const line of said) {
      if (pairs.has(line)) continue;
      const found = [...free].find((one) => !contradicts(one, line) && isSign(one, line));
      if (!found) continue;
      pairs.set(line, found);
      free.delete(found);
    }
  return pairs;
}
