import { describe, expect, test } from "vitest";
import { declaredIn, reachOf } from "../support/reach";
import { sourceFiles, sourceOf } from "../support/source-imports";

/** What writes into tables, and leaves nothing in the audit, with the reason why. */
const exceptions: Record<string, string> = {
  "app/(auth)/forgot/actions.ts ask":
    "nobody may find out by it who has an account: its job writes down whose it was",
  "app/(office)/mailings/messages/actions.ts preview":
    "a letter is looked at; nothing of it is kept",
  "app/(office)/settings/exits/actions.ts tryExit":
    "a call to Kaspi and what came of it; no setting changes",
  "app/(office)/tasks/actions.ts seen": "what somebody has read is nobody else's matter",
  "lib/cli/setup-link.ts setupLink": "there is nobody yet whose office it would be",
};

const actions = sourceFiles
  .filter((file) => /^app\/.*\/actions\.ts$/.test(file))
  .flatMap((file) =>
    [...declaredIn(file)].flatMap(([name, { text }]) =>
      /^export const \w+ = (public)?[aA]ction\(/.test(text) ? [{ file, name }] : [],
    ),
  );
/** What only reads is not asked: a file that is taken is in the audit by its allowance. */
const routes = sourceFiles
  .filter((file) => /^app\/.*\/route\.ts$/.test(file))
  .flatMap((file) =>
    [...declaredIn(file).keys()].flatMap((name) =>
      /^(POST|PUT|PATCH|DELETE)$/.test(name) ? [{ file, name }] : [],
    ),
  );
const commands = sourceFiles
  .filter((file) => file.startsWith("lib/cli/"))
  .flatMap((file) =>
    [...declaredIn(file)].flatMap(([name, { text }]) =>
      text.includes("= defineCommand(") ? [{ file, name }] : [],
    ),
  );
const doors = [...actions, ...routes, ...commands].map(({ file, name }) => ({
  file,
  name,
  door: `${file} ${name}`,
}));

const writes = /\b(tx|db|inner)\s*\.(insert|update|delete)\(|\b(insert into|delete from) /;
const audits = /^(export async function (audit|takeAllowed)\()/;
/** Lead to the books that are kept of every call, to Kaspi and by key: nobody changes anything by those. */
const toBooks = ["kaspiAccess", "enterByKey"];

const changes = (file: string, name: string) =>
  reachOf(file, name, toBooks).some(
    ({ file: where, text }) => where.startsWith("lib/") && writes.test(text),
  );
const isAudited = (file: string, name: string) =>
  reachOf(file, name).some(
    ({ file: where, text }) => where.startsWith("lib/auth/") && audits.test(text),
  );

describe("what a person changes is in the audit", () => {
  const changing = doors.filter(({ file, name }) => changes(file, name));

  test("there are doors that change something", () => {
    expect(changing.length).toBeGreaterThan(60);
  });

  test("by every action, route and command but those with a reason", () => {
    const silent = changing
      .filter(({ door, file, name }) => !(door in exceptions) && !isAudited(file, name))
      .map(({ door }) => door);
    expect(silent).toEqual([]);
  });

  test("the list of those that are not names nothing that is, or is gone", () => {
    const without = changing.filter(({ file, name }) => !isAudited(file, name));
    const silent = without.map(({ door }) => door);
    expect(Object.keys(exceptions).filter((door) => !silent.includes(door))).toEqual([]);
  });
});

test("only the audit itself writes into its table", () => {
  const writers = sourceFiles.filter((file) =>
    /\.(insert|update|delete)\(auditLog\)|\b(into|update|from) audit_log/.test(sourceOf(file)),
  );
  expect(writers).toEqual(["lib/auth/audit.ts"]);
});
