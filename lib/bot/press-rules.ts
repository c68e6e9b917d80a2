/** What a button carries: which drawing it is on, and its place there. */
export const pressOf = (drawing: number, place: number) => `${drawing}:${place}`;

/** Null: none of our buttons. */
export function readPress(data: string): { drawing: number; place: number } | null {
  const [, drawing, place] = /^(\d{1,10}):(\d{1,3})$/.exec(data) ?? [];
  return drawing === undefined || place === undefined
    ? null
    : { drawing: Number(drawing), place: Number(place) };
}
