import { randomBytes, randomInt } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { readText, writeWhole } from "../process/files.mjs";

const generators = {
  "encryption-key": () => randomBytes(32).toString("base64"),
  "nextauth-secret": () => randomBytes(32).toString("base64"),
  "task-id-salt": () => randomBytes(32).toString("base64"),
  "postgres-password": () => randomBytes(24).toString("hex"),
  "bot-key": newApiKey,
};

/** As lib/auth/api-key.ts makes and checks them: before there is a line of TypeScript that runs. */
function newApiKey() {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const body = `duken_${Array.from({ length: 32 }, () => digits[randomInt(62)]).join("")}`;
  let rest = crc32(body);
  let check = "";
  for (let place = 0; place < 6; place += 1) {
    check = digits[rest % 62] + check;
    rest = Math.floor(rest / 62);
  }
  return body + check;
}

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
  const bot = environment.TELEGRAM_BOT_TOKEN
    ? { BOT_API_KEY: environment.BOT_API_KEY || keyOf(dataDir, "bot-key") }
    : {};
  if (kaspi === "live") return { ...demandedKeys(environment), ...bot };
  return {
    ...bot,
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
