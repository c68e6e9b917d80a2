import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { commandLineOf } from "../process/identity.mjs";
import { freePort, isFree } from "../process/ports.mjs";
import { run } from "../process/run.mjs";
import { asAccount, postgresAccount } from "./account.mjs";
import { findBinaries } from "./binaries.mjs";

const LONGEST_LOG = 20 * 1024 * 1024;

/**
 * @typedef {{ pid: number, port: number }} Postmaster
 * @typedef {Postmaster & {
 *   dir: string,
 *   started: boolean,
 *   url(database: string): string,
 *   stop(): Promise<void>,
 * }} Cluster
 */

/**
 * Starts (creating it when new) the Postgres whose data lies in `base`/pg<major>, or joins the
 * running one: `started` tells which. It listens on 127.0.0.1 only and lives in a session of its
 * own, so a Ctrl-C in the terminal reaches it through us and last. From a `port` that is taken it
 * goes to the next free one, if it `mayMove`.
 * @param {{
 *   base: string, password: string, settings?: Record<string, string>, port?: number, mayMove?: boolean,
 * }} options
 * @returns {Promise<Cluster>}
 */
export async function startCluster(options) {
  const { base, password, settings = {}, port = 0, mayMove = true } = options;
  const account = postgresAccount();
  const binaries = await findBinaries(account, base);
  const dir = path.join(base, `pg${binaries.major}`);
  const cluster = { dir, binaries, account };
  if (!existsSync(path.join(dir, "PG_VERSION"))) await createCluster(cluster, base, password);
  const joined = runningPostmaster(dir);
  if (!joined) await launch(cluster, settings, await choosePort(port, mayMove));
  const postmaster = joined ?? runningPostmaster(dir);
  if (!postmaster) throw new Error(`Postgres не оставил своего адреса в ${dir}.`);
  return {
    ...postmaster,
    dir,
    started: joined === null,
    url: (database) => `postgres://duken:${password}@127.0.0.1:${postmaster.port}/${database}`,
    stop: () => stopCluster(cluster),
  };
}

/**
 * Stops the cluster of `base` if it runs, whoever started it.
 * @param {string} base
 */
export async function stopRunningCluster(base) {
  const account = postgresAccount();
  const binaries = await findBinaries(account, base);
  const dir = path.join(base, `pg${binaries.major}`);
  if (runningPostmaster(dir)) await stopCluster({ dir, binaries, account });
}

/**
 * @param {string} base
 */
export async function runningCluster(base) {
  const binaries = await findBinaries(postgresAccount(), base);
  return runningPostmaster(path.join(base, `pg${binaries.major}`));
}

/**
 * The living server of a data directory, read from the file it keeps there: pid is line 1, port line 4.
 * @param {string} dir
 * @returns {Postmaster | null}
 */
export function runningPostmaster(dir) {
  const file = path.join(dir, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const postmaster = { pid: Number(lines[0]), port: Number(lines[3]) };
  // A crash leaves the file behind, and its pid may be anybody's by now.
  return commandLineOf(postmaster.pid).includes(dir) ? postmaster : null;
}

/**
 * @typedef {{ dir: string, binaries: import("./binaries.mjs").Binaries, account: import("./account.mjs").Account | null }} Place
 * @param {Place} place
 * @param {string} base
 * @param {string} password
 */
async function createCluster({ dir, binaries, account }, base, password) {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(base, `initdb-${process.pid}`);
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) for (const p of [dir, passwordFile]) chownSync(p, account.uid, account.gid);
    // The builtin locale sorts and folds Cyrillic alike on every system, whatever locales it has.
    const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
    const args = ["-D", dir, "-U", "duken", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
    const initdb = await run(
      binaries.initdb,
      [...args, "-E", "UTF8", ...locale, "--no-sync"],
      asAccount(account),
    );
    if (initdb.code !== 0) {
      rmSync(dir, { recursive: true, force: true });
      throw new Error(`Не удалось создать базу Postgres в ${dir}:\n${initdb.output}`);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * @param {number} wanted 0: any
 * @param {boolean} mayMove
 */
async function choosePort(wanted, mayMove) {
  if (mayMove || wanted === 0) return freePort(wanted);
  if (await isFree(wanted)) return wanted;
  throw new Error(`Порт ${wanted}, на котором работал Postgres, занят другой программой.`);
}

/**
 * @param {Place} place
 * @param {Record<string, string>} settings
 * @param {number} port
 */
async function launch({ dir, binaries, account }, settings, port) {
  rmSync(path.join(dir, "postmaster.pid"), { force: true });
  const all = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  const log = path.join(dir, "server.log");
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LOG) rmSync(log);
  const started = await run(
    binaries.pgCtl,
    ["-D", dir, "-l", log, "-w", "-t", "60", "-o", `-p ${port} ${options.join(" ")}`, "start"],
    asAccount(account),
  );
  if (started.code === 0) return;
  const tail = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-6) : [];
  throw new Error(`Postgres не запустился:\n${[started.output, ...tail].join("\n")}`);
}

/** @param {Place} place */
async function stopCluster({ dir, binaries, account }) {
  const args = ["-D", dir, "-m", "fast", "-w", "-t", "60", "stop"];
  const stopped = await run(binaries.pgCtl, args, asAccount(account));
  if (stopped.code !== 0 && runningPostmaster(dir)) {
    throw new Error(`Postgres не остановился:\n${stopped.output}`);
  }
}
