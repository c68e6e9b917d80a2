import { appendFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { bin } from "../paths.mjs";
import { readText, writeWhole } from "../process/files.mjs";
import { freePort, isFree } from "../process/ports.mjs";
import { logFile } from "./logs.mjs";
import { startService } from "./service.mjs";

/** The ports it takes: cabinet, login, storefront with pictures, control. */
const PORTS = 4;

/** Without the twin nothing of ours may reach the real Kaspi instead: nobody listens here. */
export const nowhere = {
  cabinet: "http://127.0.0.1:9",
  id: "http://127.0.0.1:9",
  storefront: "http://127.0.0.1:9",
  images: "http://127.0.0.1:9",
};

/**
 * Starts the training Kaspi and waits for its addresses. It keeps its ports from start to start:
 * the database remembers addresses of pictures.
 * @param {import("./instance.mjs").Instance} instance
 * @param {NodeJS.ProcessEnv} env
 */
export async function startTwin(instance, env) {
  const port = await twinPort(instance);
  const state = path.join(instance.dataDir, "twin.json");
  const args = [...bin.tsx, "lib/cli/main.ts", "twin", "--port", String(port), "--state", state];
  const service = startService(instance, "twin", args, env, "pipe");
  const urls = await announcedUrls(service, logFile(instance, "twin"));
  return { ...service, urls };
}

/**
 * @param {Record<"cabinet" | "id" | "storefront" | "images", string>} urls
 */
export function kaspiEnvironment({ cabinet, id, storefront, images }) {
  return {
    KASPI_CABINET_URL: cabinet,
    KASPI_ID_URL: id,
    KASPI_STOREFRONT_URL: storefront,
    KASPI_IMAGES_URL: images,
  };
}

/**
 * Its first line of output is the addresses as JSON; the rest goes to its log.
 * @param {import("./service.mjs").Service} service
 * @param {string} log
 * @returns {Promise<import("./services.mjs").TwinUrls>}
 */
function announcedUrls({ child, died }, log) {
  return new Promise((resolve, reject) => {
    died.addEventListener("abort", () => reject(died.reason));
    if (!child.stdout) return reject(new Error("twin: нет вывода."));
    const lines = createInterface({ input: child.stdout });
    lines.once("line", (line) => {
      try {
        const announced = JSON.parse(line);
        resolve(announced.urls ?? announced);
      } catch {
        reject(new Error(`Учебный Kaspi не назвал своих адресов: ${line}`));
      }
      lines.on("line", (later) => appendFileSync(log, `${later}\n`));
    });
  });
}

/**
 * Where any port will do for the pages, any will for the training Kaspi: several that start at once do not
 * reach for the same.
 * @param {import("./instance.mjs").Instance} instance
 */
async function twinPort({ dataDir, port: webPort }) {
  const note = path.join(dataDir, "twin-port");
  const noted = Number(readText(note) ?? 0);
  if (noted && (await areFree(noted))) return noted;
  const first = webPort === 0 ? 0 : 41_000;
  let port = await freePort(first);
  while (!(await areFree(port))) port = await freePort(first && port + PORTS);
  writeWhole(note, `${port}\n`);
  return port;
}

/** @param {number} first */
async function areFree(first) {
  for (let port = first; port < first + PORTS; port += 1) {
    if (!(await isFree(port))) return false;
  }
  return true;
}
