/** What may be done below a piece of news. */
export const newsVerbs = ["open", "done", "list", "accept", "reject"] as const;
export type NewsVerb = (typeof newsVerbs)[number];

/** What such a button carries; 46 bytes at most, Telegram takes 64. */
export const newsPressOf = (telling: string, verb: NewsVerb) => `n:${telling}:${verb}`;

/** Null: no button of ours below a piece of news. */
export function readNewsPress(data: string): { telling: string; verb: NewsVerb } | null {
  const [, telling, said] = /^n:([0-9a-f-]{36}):([a-z]+)$/.exec(data) ?? [];
  const verb = newsVerbs.find((known) => known === said);
  return telling === undefined || verb === undefined ? null : { telling, verb };
}
