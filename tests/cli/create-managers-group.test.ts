import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { builtInGroups } from "@/lib/auth/permission-model";
import { builtInGroup, permissionsOf, setPermissions } from "@/lib/people/group-queries";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "../support/database";

const { db, url } = await testDatabase();
await bindToKaspi(db, "twin");
const nine = builtInGroups.managers.permissions;

async function run(...args: string[]) {
  const command = ["scripts/manage.mjs", "create_managers_group", ...args];
  const child = spawn(process.execPath, command, {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return { lines: out.trimEnd().split("\n"), code };
}

test("says what it has done, and of each right when asked for more, and puts a changed group right", async () => {
  const first = await run("-v", "2");
  expect(first.code).toBe(0);
  expect(first.lines[0]).toBe("Группа создана: «Managers», прав 9.");
  expect(first.lines.slice(1).map((line) => line.trim().split(" ")[1])).toEqual(nine);
  expect((await run()).lines).toEqual(["Группа уже такая, как надо: «Managers», прав 9."]);
  const groupId = await builtInGroup(db, "managers");
  await setPermissions(db, groupId, ["view_user", "manage_proxies"]);
  const mended = await run("-v", "2");
  expect(mended.lines[0]).toBe("Группа исправлена: «Managers», прав 9.");
  expect(mended.lines).toContain("  - manage_proxies");
  expect(await permissionsOf(db, groupId)).toEqual([...nine].sort());
});
