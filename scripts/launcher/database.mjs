import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { canReach, postgresAccount } from "../postgres/account.mjs";
import { runningCluster, startCluster, stopRunningCluster } from "../postgres/cluster.mjs";
import { readJson, readText, writeWhole } from "../process/files.mjs";
import { isAlive, ourselves } from "../process/identity.mjs";
import { withLock } from "../process/lock.mjs";
import { keyOf } from "./keys.mjs";

const settings = {
  shared_buffers: "256MB",
  max_connections: "100",
  log_min_duration_statement: "2000",
  log_line_prefix: "%m [%p] ",
};

/**
 * The embedded Postgres is shared by the launcher and the management commands of a data folder:
 * whoever comes first starts it, whoever leaves last stops it.
 * @param {{ dataDir: string }} instance
 * @param {AbortSignal} [unwanted] nothing is started once it is aborted
 * @returns {Promise<string>} its DATABASE_URL
 */
export async function joinDatabase({ dataDir }, unwanted) {
  const base = await clusterBase(dataDir);
  return withLock(lockOf(dataDir), async () => {
    unwanted?.throwIfAborted();
    // It comes back where it was, and may move only when nobody is left who knows it there.
    const mayMove = !hasGuests(guestsOf(dataDir));
    writeWhole(guestFile(dataDir), JSON.stringify(ourselves()));
    const password = keyOf(dataDir, "postgres-password");
    const port = Number(readText(portFile(dataDir)) ?? 0);
    const cluster = await startCluster({ base, password, settings, port, mayMove });
    writeWhole(portFile(dataDir), `${cluster.port}\n`);
    return cluster.url("duken");
  });
}

/**
 * Stops the Postgres of the folder, unless somebody living still uses it or nobody ever did.
 * @param {{ dataDir: string }} instance
 */
export async function leaveDatabase({ dataDir }) {
  if (!existsSync(guestsOf(dataDir))) return;
  const base = await clusterBase(dataDir);
  await withLock(lockOf(dataDir), async () => {
    rmSync(guestFile(dataDir), { force: true });
    if (!hasGuests(guestsOf(dataDir))) await stopRunningCluster(base);
  });
}

/**
 * The running server of the folder.
 * @param {{ dataDir: string }} instance
 */
export async function runningDatabase({ dataDir }) {
  if (!existsSync(guestsOf(dataDir))) return null;
  return runningCluster(await clusterBase(dataDir));
}

/** @param {string} dataDir */
const lockOf = (dataDir) => path.join(dataDir, "run", "postgres.lock");

/** @param {string} dataDir */
const portFile = (dataDir) => path.join(dataDir, "postgres-port");

/** @param {string} dataDir */
const guestsOf = (dataDir) => path.join(dataDir, "run", "postgres-guests");

/** @param {string} dataDir */
const guestFile = (dataDir) => path.join(guestsOf(dataDir), String(process.pid));

/**
 * Forgets those who died without leaving.
 * @param {string} folder
 */
function hasGuests(folder) {
  if (!existsSync(folder)) return false;
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  for (const file of files) if (!isAlive(readJson(file))) rmSync(file);
  return readdirSync(folder).length > 0;
}

/**
 * Where the cluster lives: in the data folder, or, when the account that Postgres must use cannot
 * reach it (root's 0700 home), in a folder of /var/tmp whose random name the data folder keeps.
 * @param {string} dataDir
 */
export async function clusterBase(dataDir) {
  const note = path.join(dataDir, "postgres-dir");
  const noted = readText(note)?.trim();
  if (noted && existsSync(noted)) return noted;
  const account = postgresAccount();
  mkdirSync(dataDir, { recursive: true, mode: account ? 0o711 : 0o700 });
  if (account) chmodSync(dataDir, 0o711);
  if (await canReach(dataDir, account)) return dataDir;
  const outside = mkdtempSync("/var/tmp/duken-");
  chmodSync(outside, 0o711);
  writeWhole(note, `${outside}\n`);
  return outside;
}
