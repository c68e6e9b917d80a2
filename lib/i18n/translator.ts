import { createTranslator } from "next-intl";
import { formats } from "./formats";
import type { Locale } from "./locales";
import { messages } from "./messages";

const create = (locale: Locale) =>
  createTranslator({ locale, messages: messages[locale], formats });

export type Translator = ReturnType<typeof create>;

const translators = new Map<Locale, Translator>();

/** The messages of a language outside React: the bot, mails, Excel headers, commands. */
export function translator(locale: Locale): Translator {
  const known = translators.get(locale);
  if (known) return known;
  const created = create(locale);
  translators.set(locale, created);
  return created;
}
