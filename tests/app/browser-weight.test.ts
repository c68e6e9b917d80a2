import { expect, test } from "vitest";
import { rendered, runsWhere } from "../support/browser-files";
import { sourceOf } from "../support/source-imports";

// Input is checked on the server: a list in a file with a schema once cost a page 34 KB.
const heavy = /^import (?!type)[^;]*"(zod|pino|undici|drizzle-orm)"/m;

test.each(rendered)("%s sends no library of the server to the browser", (file) => {
  const { inBrowser } = runsWhere(file);
  expect(inBrowser.filter((path) => heavy.test(sourceOf(path)))).toEqual([]);
});
