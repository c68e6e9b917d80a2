/** What begins like this, Excel would carry out: `=HYPERLINK(…)` from the name of somebody's product. */
const formula = /^[\s]*[=+\-@\t\r]/;

/** A text as a file without types may hold it. */
export const harmless = (text: string) => (formula.test(text) ? `'${text}` : text);

/** The text that was made harmless, when it comes back. */
export const unharmed = (text: string) =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
