import { readFileSync } from "node:fs";
import { run } from "../process/run.mjs";

/** @typedef {{ uid: number, gid: number }} Account */

/**
 * Postgres refuses to run as root, so root lends it another account of the system.
 * @returns {Account | null} null when we are not root and Postgres may run as ourselves
 */
export function postgresAccount() {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    "Postgres не запускается от root, а учётных записей postgres и nobody в системе нет. " +
      "Запустите от обычного пользователя или задайте DATABASE_URL.",
  );
}

/**
 * Spawn options for that account; the working directory is one that everybody may enter. Others may
 * use the account, too: our environment, with the keys of a .env, is not theirs to read.
 * @param {Account | null} account
 */
export function asAccount(account) {
  const { PATH, TZ, LANG, LC_ALL } = process.env;
  return {
    cwd: "/",
    env: /** @type {NodeJS.ProcessEnv} */ ({ PATH, TZ, LANG, LC_ALL }),
    ...account,
  };
}

/**
 * True when the account can reach the file or directory through every folder above it.
 * @param {string} path
 * @param {Account | null} account
 */
export async function canReach(path, account) {
  if (!account) return true;
  const probe = await run("/bin/sh", ["-c", 'test -x "$0"', path], asAccount(account));
  return probe.code === 0;
}
