import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sourcesHash } from "../../scripts/sources-hash.mjs";
import { temporaryFolder } from "../support/folder";

function project() {
  const root = temporaryFolder();
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write("app/page.tsx", "page");
  write("lib/core/money.ts", "money");
  write("package.json", "{}");
  return { root, write };
}

test("a touched file changes nothing, a changed one does", () => {
  const { root, write } = project();
  const before = sourcesHash(root);
  utimesSync(path.join(root, "app/page.tsx"), new Date(), new Date());
  expect(sourcesHash(root)).toBe(before);
  write("app/page.tsx", "another page");
  expect(sourcesHash(root)).not.toBe(before);
});

test.each(["lib/new.ts", "public/logo.svg", "instrumentation.ts", "next.config.ts"])(
  "a new %s means a new build",
  (file) => {
    const { root, write } = project();
    const before = sourcesHash(root);
    write(file, "new");
    expect(sourcesHash(root)).not.toBe(before);
  },
);

test("a file that goes or takes another name means a new build", () => {
  const { root, write } = project();
  const before = sourcesHash(root);
  rmSync(path.join(root, "lib/core/money.ts"));
  const without = sourcesHash(root);
  write("lib/core/tenge.ts", "money");
  expect(new Set([before, without, sourcesHash(root)]).size).toBe(3);
});

test.each(["lib/cli/main.ts", "lib/kaspi-twin/twin.ts", "tests/a.test.ts", "README.md"])(
  "%s is not part of the build",
  (file) => {
    const { root, write } = project();
    const before = sourcesHash(root);
    write(file, "new");
    expect(sourcesHash(root)).toBe(before);
  },
);
