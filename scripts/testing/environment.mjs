import path from "node:path";
import { parseEnv } from "node:util";
import { root } from "../paths.mjs";
import { readText } from "../process/files.mjs";

/**
 * The machine's environment without this project's configuration: a developer's live keys, in the
 * shell or in .env, never reach a test. An empty value counts as not given, and keeps .env out.
 * @returns {NodeJS.ProcessEnv}
 */
export function hermeticEnvironment() {
  const documented = (readText(path.join(root, ".env.example")) ?? "").replace(/^#(?=[A-Z])/gm, "");
  const own = readText(path.join(root, ".env")) ?? "";
  const names = [documented, own].flatMap((text) => Object.keys(parseEnv(text)));
  const blanks = Object.fromEntries(names.map((name) => [name, ""]));
  const { CHROMIUM_PATH } = process.env;
  return { ...process.env, ...blanks, ...(CHROMIUM_PATH ? { CHROMIUM_PATH } : {}) };
}
