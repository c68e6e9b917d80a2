import "./node-version.mjs";
import { isInstalled } from "./install.mjs";
import { botEnvironment } from "./launcher/bot.mjs";
import { browserEnvironment } from "./launcher/browser.mjs";
import { joinDatabase, leaveDatabase } from "./launcher/database.mjs";
import { applicationEnvironment } from "./launcher/environment.mjs";
import { instanceFrom, loadDotEnv } from "./launcher/instance.mjs";
import { readServices } from "./launcher/services.mjs";
import { kaspiEnvironment, nowhere, startTwin } from "./launcher/twin.mjs";
import { bin, root } from "./paths.mjs";
import { endProcess } from "./process/end.mjs";
import { isAlive } from "./process/identity.mjs";
import { runVisibly } from "./process/run.mjs";
import { whenRun } from "./process/when-run.mjs";

/** Commands that speak to Kaspi: with the training one, it must run. */
const speakToKaspi = ["demper", "worker", "check-kaspi"];
const withoutDatabase = ["help", "twin"];
/** It speaks to the office as any program does. */
const throughTheApi = "bot";

/** @param {string[]} args */
async function manage(args) {
  // Not on stdout: that is the result's alone.
  if (!isInstalled()) {
    await runVisibly(process.execPath, ["scripts/install.mjs"], { cwd: root, stdio: [0, 2, 2] });
  }
  const [name = "help"] = args;
  const asksForHelp = args.some((arg) => arg === "--help" || arg === "-h");
  if (asksForHelp || withoutDatabase.includes(name)) return command(args, process.env);
  loadDotEnv();
  const instance = instanceFrom(process.env);
  const { url: served } = readServices(instance);
  if (name === throughTheApi) return command(args, botEnvironment(instance, served));
  const databaseUrl = instance.databaseUrl ?? (await joinDatabase(instance));
  const speaks = speakToKaspi.includes(name);
  const twin = await findTwin(instance, speaks);
  try {
    const url = served ?? "http://localhost:3000";
    const kaspi = twin ? kaspiEnvironment(twin.urls) : {};
    const more = speaks ? { ...kaspi, ...(await browserEnvironment()) } : kaspi;
    return await command(args, applicationEnvironment(instance, { databaseUrl, url, more }));
  } finally {
    await endProcess(twin?.identity);
    await leaveDatabase(instance);
  }
}

/**
 * The addresses of the running training Kaspi; one of our own when the command needs it.
 * @param {import("./launcher/instance.mjs").Instance} instance
 * @param {boolean} needed
 */
async function findTwin(instance, needed) {
  if (!instance.ownTwin) return null;
  const { twin } = readServices(instance);
  if (twin && isAlive(twin)) return { urls: twin.urls, identity: null };
  return needed ? startTwin(instance, process.env) : { urls: nowhere, identity: null };
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function command(args, env) {
  return runVisibly(process.execPath, [...bin.tsx, "lib/cli/main.ts", ...args], { cwd: root, env });
}

await whenRun(import.meta, () => manage(process.argv.slice(2)));
process.exit();
