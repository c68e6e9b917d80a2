/** Without NUL and halves of characters: Postgres refuses them, in text as in JSON. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "");
}

/** No longer than that, in UTF-16 as Telegram counts; what is left out is an ellipsis, and no sign is halved. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Surrogate}$/u, "")}…`;
}
