/** What a button carries: which drawing it is on, and its place there. */
export const pressOf = (drawing: number, place: number) => `${drawing}:${place}`;

/** Null: none of our buttons. */
export function readPress(data: string): { drawing: number; place: number } | null {
  const [, drawing, place] = /^(\d{1,9}):(\d{1,3})$/.exec(data) ?? [];
  return drawing === undefined || place === undefined
    ? null
    : { drawing: Number(drawing), place: Number(place) };
}

const verbs = ["open", "list", "done", "accept", "reject"] as const;
export type NewsVerb = (typeof verbs)[number];

/** A button below a piece of news: its id and what is done about it. */
export function readNewsPress(data: string): { telling: string; verb: NewsVerb } | null {
  const [, telling, said] = /^n:([0-9a-f-]{36}):([a-z]+)$/.exec(data) ?? [];
  const verb = verbs.find((known) => known === said);
  return telling === undefined || verb === undefined ? null : { telling, verb };
}
