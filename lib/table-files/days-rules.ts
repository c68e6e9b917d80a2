/**
 * Days until goods arrive, as an attribute or a cell of a price list says them; null: they are there; not a
 * number: it says something else.
 */
export function daysOf(text: string): number | null {
  const days = Number(text);
  if (days === 0) return null;
  return days > 0 ? days : Number.NaN;
}
