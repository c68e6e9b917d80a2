/** The key somebody shows, however it is misspelt; null: none is shown, and a session may count. */
export function bearerOf(headers: Headers): string | null {
  const given = /^bearer(?:\s+(.*))?$/i.exec(headers.get("authorization") ?? "");
  return given ? (given[1] ?? "").trim() : null;
}
