/**
 * The rows in the places they were in: one that has left gives its place to a newcomer. Sorted anew
 * they would change under a hand that is about to press.
 */
export function inFormerPlaces<R extends { id: string }>(
  former: readonly string[],
  rows: readonly R[],
): R[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const newcomers = rows.filter(({ id }) => !former.includes(id));
  const placed = former.flatMap((id) => {
    const row = known.get(id) ?? newcomers.shift();
    return row ? [row] : [];
  });
  return [...placed, ...newcomers];
}
