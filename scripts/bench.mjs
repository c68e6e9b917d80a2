import "./node-version.mjs";
import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildBenchApp } from "./bench/app.mjs";
import { printFigures } from "./bench/table.mjs";
import { ensureInstalled } from "./install.mjs";
import { bin, root } from "./paths.mjs";
import { startCluster } from "./postgres/cluster.mjs";
import { whenRun } from "./process/when-run.mjs";
import { hermeticEnvironment } from "./testing/environment.mjs";

/** Those of an installation: what is slow there must not be fast here. */
const settings = { shared_buffers: "256MB", max_connections: "100" };

/** In the order they run. */
const benches = [
  "decide",
  "ledger",
  "pace",
  "exits",
  "reprice",
  "sync",
  "logins",
  "login-attack",
  "audit",
  "what-if",
  "costs",
  "price-list",
  "tables",
  "orders",
  "sales",
  "reviews",
  "tasks",
  "tellings",
  "mailings",
  "bot",
  "jobs",
  "history",
  "page",
  "api",
  "api-load",
  "queue",
  "memory",
];
/** Those that need the application built. */
const ofTheApp = ["page", "api", "api-load", "queue", "memory"];

/**
 * Measures speed and memory, each bench in a process of its own, and keeps the figures. A missed
 * target is said and does not fail: machines differ, and tests are there for what must hold.
 * @param {string[]} names all when none is named
 */
async function measure(names) {
  const unknown = names.filter((name) => !benches.includes(name));
  if (unknown.length > 0) throw new Error(`Таких замеров нет: ${unknown}. Есть: ${benches}.`);
  const chosen = names.length > 0 ? benches.filter((name) => names.includes(name)) : benches;
  await ensureInstalled();
  const folder = mkdtempSync("/var/tmp/duken-bench-");
  chmodSync(folder, 0o711);
  const base = path.join(folder, "postgres");
  mkdirSync(base, { mode: 0o711 });
  const cluster = await startCluster({ base, password: "bench", settings });
  try {
    const needsApp = chosen.some((name) => ofTheApp.includes(name));
    const env = {
      ...hermeticEnvironment(),
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      BENCH_DATABASE_URL: cluster.url("postgres"),
      BENCH_DATABASE_PID: String(cluster.pid),
      BENCH_APP_DIR: needsApp ? await buildBenchApp(path.join(folder, "app")) : "",
    };
    const machine = describeMachine();
    const figures = [];
    for (const name of chosen) {
      const measured = await runBench(name, env);
      printFigures(measured);
      figures.push(...measured.map((figure) => ({ bench: name, ...figure })));
    }
    const file = keep({ machine, figures });
    console.log(`\n${JSON.stringify(machine)}\n${path.relative(root, file)}`);
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("./bench/table.mjs").Figure[]>}
 */
async function runBench(name, env) {
  console.log(`\n=== ${name} (load ${os.loadavg()[0]?.toFixed(1)})`);
  const execArgv = ["--expose-gc", ...bin.tsx];
  const child = fork(path.join(root, "tests", "bench", "run.ts"), [name], {
    cwd: root,
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    execArgv,
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${name} закончился с кодом ${code}.`);
  });
  const [figures] = await Promise.race([once(child, "message"), ended]);
  await ended.catch(() => {});
  return figures;
}

function describeMachine() {
  const cpus = os.cpus();
  return {
    at: new Date().toISOString(),
    cpu: cpus[0]?.model ?? "unknown",
    cores: cpus.length,
    memoryGb: Math.round(os.totalmem() / 1024 ** 3),
    node: process.version,
    loadBefore: os.loadavg().map((load) => Number(load.toFixed(2))),
  };
}

/** @param {{ machine: { at: string }, figures: object[] }} results */
function keep(results) {
  const folder = path.join(root, "bench-results");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${results.machine.at.replace(/[:.]/g, "-")}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}

await whenRun(import.meta, () => measure(process.argv.slice(2)));
