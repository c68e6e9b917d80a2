import { describe, expect, test } from "vitest";
import { atRunTime, sourceFiles as files, importsOf } from "./support/source-imports";

// Each line may import itself and the lines above it, never those below.
const order = [
  "lib/core",
  "lib/network",
  "lib/env",
  "lib/log",
  "lib/i18n",
  "lib/db",
  "lib/auth",
  "lib/jobs",
  "lib/kaspi",
  "lib/kaspi-twin",
  "lib/telegram",
  "lib/mail",
  "lib/excel",
  "lib/workspace",
  "lib/notices",
  "lib/people",
  "lib/runs",
  "lib/exits",
  "lib/webhooks",
  "lib/accounts",
  "lib/stores",
  "lib/products",
  "lib/orders",
  "lib/costs",
  "lib/rivals",
  "lib/repricing",
  "lib/calculator",
  "lib/price-wars",
  "lib/ledger",
  "lib/sales",
  "lib/preorders",
  "lib/price-list",
  "lib/table-files",
  "lib/sync",
  "lib/reviews",
  "lib/tasks",
  "lib/mailings",
  "lib/overview",
  "lib/audit",
  "lib/telling",
  "lib/retention",
  "lib/api",
  "lib/bot",
  "lib/functions",
  "lib/cli",
  "components",
  "app",
  "instrumentation",
];

const rank = (file: string) =>
  order.findIndex((part) => file.startsWith(`${part}/`) || file.startsWith(`${part}.`));
function closureOf(file: string, seen = new Set<string>()): Set<string> {
  for (const next of atRunTime(file)) {
    if (!seen.has(next)) closureOf(next, seen.add(next));
  }
  return seen;
}

/** The files that import something they may not, as "file → import". */
function trespasses(from: (file: string) => boolean, to: (path: string) => boolean): string[] {
  return files.filter(from).flatMap((file) =>
    atRunTime(file)
      .filter(to)
      .map((path) => `${file} → ${path}`),
  );
}

describe("the direction of imports", () => {
  test("every file has its place in the order", () => {
    expect(files.filter((file) => rank(file) === -1)).toEqual([]);
  });

  test("nothing imports what stands below it", () => {
    const upward = files.flatMap((file) =>
      importsOf(file)
        .filter((path) => rank(path) > rank(file))
        .map((path) => `${file} → ${path}`),
    );
    expect(upward).toEqual([]);
  });

  test("no file imports itself by a detour", () => {
    expect(files.filter((file) => closureOf(file).has(file))).toEqual([]);
  });
});

describe("what is pure", () => {
  const rules = files.filter((file) => /(^|\/|-)rules\.ts$/.test(file));
  const models = files.filter((file) => /(^|\/|-)(model|sheet)\.ts$/.test(file));
  const isPure = (path: string) =>
    path.startsWith("lib/core/") || [...rules, ...models].includes(path);

  test.each(rules)("%s decides from what it is given", (file) => {
    expect([...closureOf(file)].filter((path) => !isPure(path))).toEqual([]);
  });

  test.each(models)("%s may travel to the browser", (file) => {
    const mayGo = (path: string) => isPure(path) || path.startsWith("lib/i18n/");
    expect([...closureOf(file)].filter((path) => !mayGo(path))).toEqual([]);
  });
});

describe("who reaches what", () => {
  const inside = (...folders: string[]) => {
    return (path: string) => folders.some((folder) => path.startsWith(folder));
  };

  test("tables are reached by queries, sign-in and jobs only", () => {
    const allowed = /^lib\/(db|auth|jobs)\/|(^|\/|-)queries\.ts$/;
    expect(trespasses((file) => !allowed.test(file), inside("lib/db/schema/"))).toEqual([]);
  });

  test("pages and components never open the database or speak to Kaspi", () => {
    const forbidden = inside("lib/db/client", "lib/kaspi/", "lib/kaspi-twin/", "lib/telegram/");
    expect(trespasses(inside("app/", "components/"), forbidden)).toEqual([]);
  });

  test("Kaspi, real and training, knows neither the database nor the configuration", () => {
    const forbidden = (path: string) =>
      !inside("lib/core/", "lib/network/", "lib/kaspi", "lib/log")(path);
    expect(trespasses(inside("lib/kaspi/", "lib/kaspi-twin/"), forbidden)).toEqual([]);
  });

  test("the bot knows nothing of the office but its API", () => {
    const reachable = [...files.filter((file) => file.startsWith("lib/bot/"))].flatMap((file) => [
      ...closureOf(file),
    ]);
    const allowed = inside(
      "lib/bot/",
      "lib/telegram/",
      "lib/core/",
      "lib/i18n/",
      "lib/log",
      "lib/env",
      "lib/network/",
    );
    expect([...new Set(reachable)].filter((file) => !allowed(file))).toEqual([]);
  });

  test("the training Kaspi is started by a command and never by the application", () => {
    expect(
      trespasses((file) => !inside("lib/kaspi-twin/", "lib/cli/")(file), inside("lib/kaspi-twin/")),
    ).toEqual([]);
  });

  test("a noun uses an earlier noun's model, queries and use cases, not its rules", () => {
    const noun = (path: string) => path.split("/").slice(0, 2).join("/");
    const foreignRules = files.flatMap((file) =>
      atRunTime(file)
        .filter((path) => /(^|\/|-)rules\.ts$/.test(path) && noun(path) !== noun(file))
        .filter(() => file.startsWith("lib/"))
        .map((path) => `${file} → ${path}`),
    );
    expect(foreignRules).toEqual([]);
  });
});
