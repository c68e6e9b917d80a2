import { setImmediate } from "node:timers/promises";

const PIECE = 50;

/** Makes rows and stores them in their order, in pieces: while Postgres stores one, the next is made. */
export async function inPieces<Item, Row>(
  items: readonly Item[],
  make: (item: Item) => Row,
  store: (rows: Row[]) => Promise<void>,
): Promise<Row[]> {
  const made: Row[] = [];
  let storing = Promise.resolve();
  for (let from = 0; from < items.length; from += PIECE) {
    const rows = items.slice(from, from + PIECE).map(make);
    made.push(...rows);
    await storing;
    storing = store(rows);
    // Should it fail at once, that is told where it is awaited.
    storing.catch(() => {});
    // By then it is on its way.
    await setImmediate();
  }
  await storing;
  return made;
}
