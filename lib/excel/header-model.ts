/** A header as it is compared: without case, units and signs between words. */
export const plainHeader = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s,.:₸%()]+/g, " ")
    .trim();

/** Where each column stands in a head; of two that are called the same the first counts. */
export function placesOfColumns<Column>(
  head: readonly string[],
  columnOf: (text: string) => Column | undefined,
): Map<Column, number> {
  const places = new Map<Column, number>();
  for (const [nth, text] of head.entries()) {
    const column = columnOf(text);
    if (column !== undefined && !places.has(column)) places.set(column, nth);
  }
  return places;
}
