/** What a letter may say of whoever gets it, as `{{name}}`. */
export const placeholders = ["name", "first_name", "email", "unsubscribe"] as const;
export type Placeholder = (typeof placeholders)[number];
export type Filling = Record<Placeholder, string>;

const known: ReadonlySet<string> = new Set(placeholders);
const braces = /\{\{\s*([^{}]{0,60}?)\s*\}\}/gu;

/** Those that nobody knows, each once, in the order in which they stand. */
export function unknownPlaceholders(...texts: readonly string[]): string[] {
  const named = texts.flatMap((text) => [...text.matchAll(braces)].map(([, name = ""]) => name));
  return [...new Set(named.filter((name) => !known.has(name)))];
}

/** Those that stand in a text. */
export function placeholdersIn(...texts: readonly string[]): Set<Placeholder> {
  const named = texts.flatMap((text) => [...text.matchAll(braces)].map(([, name = ""]) => name));
  return new Set(named.filter((name): name is Placeholder => known.has(name)));
}

/** The text with everything filled in; what nobody knows stays as it stands. Nothing that was filled in is read again. */
export function fillText(text: string, filling: Filling): string {
  return text.replace(braces, (as, name: string) =>
    known.has(name) ? filling[name as Placeholder] : as,
  );
}

/** The same for HTML: what is filled in is text, never markup. */
export function fillHtml(html: string, filling: Filling): string {
  const escaped = Object.fromEntries(
    placeholders.map((name) => [name, escapeHtml(filling[name])]),
  ) as Filling;
  return fillText(html, escaped);
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** «Асель Нурланова» is addressed as Асель; without a name nobody is. */
export const firstNameOf = (fullName: string): string => fullName.trim().split(/\s+/u)[0] ?? "";
