import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { errorKinds } from "@/lib/core/errors";
import { locales } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/messages";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const words = (text: string | undefined) => text?.match(/\w+/g) ?? [];
const all = (source: string, pattern: RegExp) =>
  [...source.matchAll(pattern)].map(([, key]) => key ?? "");

const sources = ["lib", "app"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => read(path.join(folder, file))),
);

/** The members of a union of strings, as written in the source. */
const unionIn = (file: string, type: string) =>
  words(new RegExp(`type ${type} =([^;]+);`).exec(read(file))?.[1]);

/** Keys that are computed: the expression in the source, and what it can come to. */
const computed: Record<string, () => string[]> = {
  "verdict.key": () => all(read("lib/repricing/by-hand/manual-rules.ts"), /key: "(\w+)"/g),
  refusal: () => words(/\): ("own_account"[^;]+?) \| null/.exec(read("lib/people/rules.ts"))?.[1]),
  "`reauth_${reason}`": () => reauthKeys(),
  "`reauth_${account.reauthReason}`": () => reauthKeys(),
  "`list_${why}`": () =>
    unionIn("lib/price-list/ready-rules.ts", "NotReady")
      .filter((why) => why !== "errors")
      .map((why) => `list_${why}`),
  "problem.key": () => ["table_points", "table_cities", "table_days"],
  absent: () => ["not_found", "store_not_found", "product_not_found"],
  orderRefusal: () => [...all(read("lib/kaspi/shop-call.ts"), /\/i, "(\w+)"\],/g), "order_refused"],
  // Said where the limit is, as `error: "…"`, which is looked for on its own.
  error: () => [],
  "waiting.error": () => [],
  // An error of ours again, as an engine has kept it.
  "names.key": () => [],
  "failure.key": () => [],
};
const reauthKeys = () =>
  unionIn("lib/accounts/model.ts", "ReauthReason").map((reason) => `reauth_${reason}`);

const secondArguments = sources.flatMap((source) =>
  all(source, /new AppError\(\s*(?:"\w+"|[^",()]+),\s*("\w+"|`[^`]+`|[\w.]+)\s*[,)]/g),
);

const keys = new Set([
  ...Object.keys(errorKinds),
  ...secondArguments.flatMap((key) => computed[key]?.() ?? all(key, /^"(\w+)"$/g)),
  ...sources.flatMap((source) => all(source, /\bmessage: "([a-z]+_[a-z_]+)"/g)),
  ...sources.flatMap((source) => all(source, /\berror: "([a-z]+_[a-z_]+)"/g)),
  ...sources.flatMap((source) => words(/type FormKey =([^;]+);/.exec(source)?.[1])),
]);

describe("the keys of errors", () => {
  it("are found in the source, literal and computed", () => {
    for (const key of ["store_not_found", "reauth_no_password", "price_unknown", "password_short"])
      expect(keys).toContain(key);
  });

  it("are all ones whose values are known here", () => {
    const literal = /^"\w+"$/;
    expect(secondArguments.filter((key) => !literal.test(key) && !computed[key])).toEqual([]);
  });

  it.each(locales)("all have a text in %s", (locale) => {
    const known = new Set(Object.keys(messages[locale].errors));
    expect([...keys].filter((key) => !known.has(key))).toEqual([]);
  });
});

describe("the kinds of notices", () => {
  it.each(locales)("all have a text in %s", (locale) => {
    const kinds = unionIn("lib/notices/model.ts", "NoticeKind");
    expect(kinds).toContain("needs_reauth");
    expect(Object.keys(messages[locale].notices)).toEqual(expect.arrayContaining(kinds));
  });
});
