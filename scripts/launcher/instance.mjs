import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.mjs";

/**
 * One running Duken: where its data lie and what was asked of it. Two with different folders and
 * ports live side by side.
 * @typedef {ReturnType<typeof instanceFrom>} Instance
 */

const kaspiUrls = /** @type {const} */ ([
  "KASPI_CABINET_URL",
  "KASPI_ID_URL",
  "KASPI_STOREFRONT_URL",
  "KASPI_IMAGES_URL",
]);

/** Adds what .env says to the environment; what is set already wins. */
export function loadDotEnv() {
  const file = path.join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * @param {Record<string, string | undefined>} environment
 */
export function instanceFrom(environment) {
  const dataDir = path.resolve(root, environment.DATA_DIR || ".data");
  const kaspi = kaspiFrom(environment.KASPI);
  const host = environment.HOST || "127.0.0.1";
  if (kaspi === "twin" && !["127.0.0.1", "localhost"].includes(host)) {
    throw new Error("С учебным Kaspi сервер открыт только этому компьютеру: HOST не задают.");
  }
  return {
    dataDir,
    kaspi,
    host,
    /** null: the launcher chooses. */
    port: portFrom(environment.PORT),
    databaseUrl: environment.DATABASE_URL || null,
    ownTwin: kaspi === "twin" && kaspiUrls.some((name) => !environment[name]),
    files: {
      lock: path.join(dataDir, "run", "launcher.lock"),
      services: path.join(dataDir, "run", "services.json"),
      logs: path.join(dataDir, "logs"),
    },
  };
}

/**
 * @param {string | undefined} value
 * @returns {"twin" | "live"}
 */
function kaspiFrom(value) {
  if (!value || value === "twin") return "twin";
  if (value === "live") return "live";
  throw new Error(`KASPI=${value}: бывает twin (учебный) или live (настоящий).`);
}

/** @param {string | undefined} value */
function portFrom(value) {
  if (!value) return null;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`PORT=${value}: нужно число от 0 до 65535.`);
}
