/** What a letter may say of whoever gets it, as `{{name}}`. */
export const placeholders = ["name", "first_name", "email", "unsubscribe"] as const;
export type Placeholder = (typeof placeholders)[number];
export type Filling = Record<Placeholder, string>;

const known: ReadonlySet<string> = new Set(placeholders);
const isKnown = (name: string): name is Placeholder => known.has(name);
/** Bounded, and without a choice in it: a letter of spaces is read as fast as any. */
const braces = /\{\{([^{}]{0,80})\}\}/gu;

const namesIn = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => [...text.matchAll(braces)].map(([, inside = ""]) => inside.trim()));

/** Those that nobody knows, each once, in the order in which they stand. */
export function unknownPlaceholders(...texts: readonly string[]): string[] {
  return [...new Set(namesIn(texts).filter((name) => !known.has(name)))];
}

/** Those that stand in a text. */
export function placeholdersIn(...texts: readonly string[]): Set<Placeholder> {
  return new Set(namesIn(texts).filter(isKnown));
}

/** The text with everything filled in; what nobody knows stays as it stands. Nothing that was filled in is read again. */
export function fillText(text: string, filling: Filling): string {
  return text.replace(braces, (as, inside: string) => {
    const name = inside.trim();
    return isKnown(name) ? filling[name] : as;
  });
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
