import { describe, expect, it } from "vitest";
import { type Locale, locales } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/messages";
import { readIcu } from "./icu";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    return typeof value === "string" ? [[here, value] as [string, string]] : flatten(value, here);
  });
}

const flat = Object.fromEntries(
  locales.map((locale) => [locale, new Map(flatten(messages[locale]))]),
) as Record<Locale, Map<string, string>>;

/** Names, settings, Kaspi's points, keys on the keyboard and units: the same in every language. */
const latinEverywhere =
  /^(Kaspi|Duken|Excel|CSV|XML|HTML|API|Enter|Esc|name@mail\.kz|SMS|Telegram|Pay|Red|SOCKS5|PP[1-5]|EMAIL_HOST|EMAIL_FROM)$/;

/** What is said to programs names what they send by its own name. */
const ofTheWire =
  /^(kaspi_catalog|kaspiShopping|yes|no|JSON|UUID|OpenAPI|Allow|Idempotency|POST|true|false|api|v1|docs|products|update_price|product_id|sku|direct|browser)$/;

/** Words that Kazakh and Russian share. */
const sameInBoth =
  /^(бренд|файл|экспресс|минимум|максимум|артикул|прокси|сервер|телефон|рейтинг|стратегия)$/i;

const latinWords = (message: string) =>
  (readIcu(message).words.match(/[A-Za-z][\w@.-]*/g) ?? [])
    .map((word) => word.replace(/[.-]+$/, ""))
    .filter(
      (word) => ![latinEverywhere, ofTheWire].some((known) => known.test(word.replace(/-.*$/, ""))),
    );

const offenders = (locale: Locale, isWrong: (message: string, key: string) => boolean) =>
  [...flat[locale]]
    .filter(([key, message]) => isWrong(message, key))
    .map(([key, message]) => `${key}: ${message}`);

describe("messages", () => {
  it.each(locales)("have the same keys in %s as in Russian", (locale) => {
    expect([...flat[locale].keys()].sort()).toEqual([...flat.ru.keys()].sort());
  });

  it.each(locales)("take the same arguments and tags in %s as in Russian", (locale) => {
    const shape = (message: string) => {
      const { args, tags } = readIcu(message);
      return { args: [...new Set(args.map((arg) => arg.split(":")[0]))], tags };
    };
    const differing = [...flat.ru.entries()]
      .filter(([key, ru]) => {
        const other = flat[locale].get(key);
        return other !== undefined && JSON.stringify(shape(other)) !== JSON.stringify(shape(ru));
      })
      .map(([key]) => key);
    expect(differing).toEqual([]);
  });

  it.each(locales)("are never empty in %s", (locale) => {
    expect(offenders(locale, (message) => message.trim() === "")).toEqual([]);
  });

  it.each(["ru", "kk"] as const)("hold no untranslated Latin words in %s", (locale) => {
    expect(offenders(locale, (message) => latinWords(message).length > 0)).toEqual([]);
  });

  it("hold no Cyrillic in English", () => {
    expect(offenders("en", (message) => /[а-яё]/i.test(message))).toEqual([]);
  });

  it("are not left in Russian in Kazakh", () => {
    const russianWords = (message: string) =>
      (readIcu(message).words.match(/[а-яё]{4,}/gi) ?? []).filter((word) => !sameInBoth.test(word));
    const left = offenders(
      "kk",
      (message, key) => message === flat.ru.get(key) && russianWords(message).length > 0,
    );
    expect(left).toEqual([]);
  });

  it.each(locales)("do not shout or boast in %s", (locale) => {
    expect(offenders(locale, (message) => /!|успешно|сәтті|successfully/i.test(message))).toEqual(
      [],
    );
  });

  it("give Russian plurals all their forms", () => {
    const forms = (message: string, form: string) => message.split(`${form} {`).length;
    const incomplete = offenders("ru", (message) =>
      ["few", "many"].some((form) => forms(message, form) !== forms(message, "one")),
    );
    expect(incomplete).toEqual([]);
  });
});
