/** What may be done below a piece of news. */
export const newsVerbs = ["open", "done", "list", "accept", "reject"] as const;
export type NewsVerb = (typeof newsVerbs)[number];

/** `price`: the very price that stands above the button, whole tenge; null where none is asked about. */
export type NewsPress = { telling: string; verb: NewsVerb; price: number | null };

/** What such a button carries; 56 bytes at most, Telegram takes 64. */
export const newsPressOf = (telling: string, verb: NewsVerb, price: number | null = null) =>
  [`n:${telling}:${verb}`, ...(price === null ? [] : [price])].join(":");

/** Null: no button of ours below a piece of news. */
export function readNewsPress(data: string): NewsPress | null {
  const [, telling, said, price] = /^n:([0-9a-f-]{36}):([a-z]+)(?::(\d{1,10}))?$/.exec(data) ?? [];
  const verb = newsVerbs.find((known) => known === said);
  if (telling === undefined || verb === undefined) return null;
  return { telling, verb, price: price === undefined ? null : Number(price) };
}
