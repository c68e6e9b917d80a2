import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { readText, writeWhole } from "../process/files.mjs";

const generators = {
  "encryption-key": () => randomBytes(32).toString("base64"),
  "nextauth-secret": () => randomBytes(32).toString("base64"),
  "task-id-salt": () => randomBytes(32).toString("base64"),
  "postgres-password": () => randomBytes(24).toString("hex"),
};

/**
 * A secret of this data folder, made on first use and readable by its owner only.
 * @param {string} dataDir
 * @param {keyof typeof generators} name
 */
export function keyOf(dataDir, name) {
  const file = path.join(dataDir, "keys", name);
  const known = readText(file)?.trim();
  if (known) return known;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const made = generators[name]();
  writeWhole(file, `${made}\n`);
  return made;
}

/**
 * The keys of the application: given, or with the training Kaspi made here. A real shop's
 * passwords are encrypted with a key that its owner keeps somewhere safe too.
 * @param {Record<string, string | undefined>} environment
 * @param {{ kaspi: "twin" | "live", dataDir: string }} instance
 */
export function applicationKeys(environment, { kaspi, dataDir }) {
  if (kaspi === "live") return demandedKeys(environment);
  return {
    ENCRYPTION_KEY: environment.ENCRYPTION_KEY || keyOf(dataDir, "encryption-key"),
    NEXTAUTH_SECRET: environment.NEXTAUTH_SECRET || keyOf(dataDir, "nextauth-secret"),
    TASK_ID_SALT: environment.TASK_ID_SALT || keyOf(dataDir, "task-id-salt"),
  };
}

/** @param {Record<string, string | undefined>} environment */
function demandedKeys({ ENCRYPTION_KEY, NEXTAUTH_SECRET, NEXTAUTH_URL }) {
  const recipes = {
    ENCRYPTION_KEY: ENCRYPTION_KEY ? null : generators["encryption-key"](),
    NEXTAUTH_SECRET: NEXTAUTH_SECRET ? null : generators["nextauth-secret"](),
    NEXTAUTH_URL: NEXTAUTH_URL ? null : "https://duken.example.kz",
  };
  const missing = Object.entries(recipes).filter(([, value]) => value !== null);
  if (missing.length > 0) {
    throw new Error(
      [
        "Для настоящего Kaspi (KASPI=live) не хватает настроек. Допишите в файл .env, например:",
        "",
        ...missing.map(([name, value]) => `  ${name}=${value}`),
        "",
        "ENCRYPTION_KEY шифрует пароли Kaspi: сохраните его копию, без него их не прочесть.",
        "NEXTAUTH_URL: адрес, по которому вы открываете сайт.",
        "Новый ключ можно сделать так: openssl rand -base64 32",
      ].join("\n"),
    );
  }
  return { ENCRYPTION_KEY, NEXTAUTH_SECRET };
}
