/** Without NUL and halves of characters: Postgres refuses them, in text as in JSON. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "");
}
