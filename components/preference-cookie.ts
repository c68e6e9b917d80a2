const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers a choice of this browser; the server reads it before the first byte of a page. */
export function rememberPreference(name: string, value: string): void {
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore needs https, an office in a LAN has none.
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}
