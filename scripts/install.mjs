import "./node-version.mjs";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cache, root } from "./paths.mjs";
import { mendDriver } from "./postgres/mend-driver.mjs";
import { readText, writeWhole } from "./process/files.mjs";
import { withLock } from "./process/lock.mjs";
import { runVisibly } from "./process/run.mjs";
import { whenRun } from "./process/when-run.mjs";

const stamp = path.join(cache, "installed");

/** What node_modules depends on; the scripts and the description in package.json are not that. */
function wanted() {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  return createHash("sha256")
    .update(JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides }))
    .update(readText(path.join(root, "package-lock.json")) ?? "")
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

export function isInstalled() {
  return readText(stamp) === wanted();
}

/** Brings node_modules in line with package.json and the lock, unless it is already. */
export async function ensureInstalled() {
  if (isInstalled()) return mendDriver();
  await withLock(
    path.join(cache, "install.lock"),
    async () => {
      if (isInstalled()) return;
      console.log("Ставлю библиотеки (npm install), около минуты…");
      const code = await runVisibly(...npm(installArguments()), { cwd: root });
      if (code !== 0) throw new Error(`npm install закончился с кодом ${code}.`);
      writeWhole(stamp, wanted());
    },
    () => console.log("Библиотеки уже ставит другой запуск, жду…"),
  );
}

/**
 * The lock was made on Linux x64 and lacks the native packages of other systems: there npm must
 * look past it.
 */
function installArguments() {
  const args = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--include=dev"];
  const foreign = process.platform !== "linux" || process.arch !== "x64";
  return foreign ? [...args, "--no-package-lock"] : args;
}

/**
 * The npm that runs us, else the one of the PATH.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(args) {
  const cli = process.env.npm_execpath;
  return cli && existsSync(cli) && cli.endsWith(".js")
    ? [process.execPath, [cli, ...args]]
    : ["npm", args];
}

await whenRun(import.meta, ensureInstalled);
