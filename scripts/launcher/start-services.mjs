import path from "node:path";
import { isBuilt } from "../build.mjs";
import { isInstalled } from "../install.mjs";
import { bin, root } from "../paths.mjs";
import { run, runVisibly } from "../process/run.mjs";
import { keepBot } from "./bot.mjs";
import { browserEnvironment } from "./browser.mjs";
import { joinDatabase } from "./database.mjs";
import { applicationEnvironment } from "./environment.mjs";
import { applicationKeys } from "./keys.mjs";
import { endServices, noteServices } from "./services.mjs";
import { kaspiEnvironment, nowhere, startTwin } from "./twin.mjs";
import { choosePort, nearUrl, startWeb, untilServing } from "./web.mjs";

/** @typedef {import("./instance.mjs").Instance} Instance */

/**
 * From nothing to a page that answers. Whatever comes, the caller stops what was started.
 * @param {Instance} instance
 * @param {{ mode: "up" | "dev", told: AbortSignal }} run `told`: stop was asked for
 * @returns {Promise<AbortSignal[]>} aborted when a service dies
 */
export async function start(instance, { mode, told }) {
  const began = performance.now();
  applicationKeys(process.env, instance);
  if (!isInstalled()) await script("install.mjs");
  told.throwIfAborted();
  await endServices(instance);
  const port = await choosePort(instance);
  const url = `http://localhost:${port}`;

  const [database, twin, browser] = await allSettledOrThrow([
    openDatabase(instance, url),
    openTwin(instance),
    browserEnvironment(),
    mode === "up" && !isBuilt() ? script("build.mjs") : undefined,
  ]);
  told.throwIfAborted();
  const env = applicationEnvironment(instance, {
    databaseUrl: database.url,
    url,
    more: { ...(twin ? kaspiEnvironment(twin.urls) : {}), ...browser },
  });

  const web = startWeb(instance, { port, mode, env });
  noteServices(instance, { web: web.identity, url });
  await untilServing(instance, port, AbortSignal.any([web.died, told]));
  noteServices(instance, { servedBy: process.pid });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`\nDuken работает: ${url} (запуск ${seconds} с)`);
  if (env.NEXTAUTH_URL !== url) console.log(`Для людей: ${env.NEXTAUTH_URL}`);
  if (database.notice) console.log(database.notice);
  void keepBot(
    instance,
    { ...env, OFFICE_URL: env.OFFICE_URL || nearUrl(instance, port) },
    { told: AbortSignal.any([told, web.died]) },
  );
  if (env.JOBS === "worker") console.log("Задания выполняет отдельный процесс: npm run worker.");
  console.log("Остановить: Ctrl-C или make down. Журналы: make logs.");
  return twin ? [web.died, twin.died] : [web.died];
}

/**
 * A database with all its migrations and the demo in it, or the link for its first owner: `notice`
 * is for the person at the terminal.
 * @param {Instance} instance
 * @param {string} webUrl
 */
async function openDatabase(instance, webUrl) {
  const url = instance.databaseUrl ?? (await joinDatabase(instance));
  const more = instance.ownTwin ? kaspiEnvironment(nowhere) : {};
  const env = applicationEnvironment(instance, { databaseUrl: url, url: webUrl, more });
  const demo = process.env.DEMO === "0" ? ["--without-demo"] : [];
  const args = [...bin.tsx, "lib/cli/main.ts", "prepare", ...demo];
  const { code, output: notice } = await run(process.execPath, args, { cwd: root, env });
  if (code !== 0) throw new Error(`База не готова:\n${notice}`);
  return { url, notice };
}

/** @param {Instance} instance */
async function openTwin(instance) {
  if (!instance.ownTwin) return null;
  const twin = await startTwin(instance, process.env);
  noteServices(instance, { twin: { ...twin.identity, urls: twin.urls } });
  return twin;
}

/**
 * A script of ours as a process of its own: it ends its work, and holds its lock, even when the
 * launcher is killed meanwhile.
 * @param {string} name
 */
async function script(name) {
  const code = await runVisibly(process.execPath, [path.join(root, "scripts", name)], {
    cwd: root,
  });
  if (code !== 0) throw new Error(`Не вышло: ${name}, код ${code}.`);
}

/**
 * Like Promise.all, but nothing is still under way when it throws.
 * @template {readonly unknown[]} T
 * @param {T} promises
 * @returns {Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>}
 */
async function allSettledOrThrow(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return Promise.all(promises);
}
