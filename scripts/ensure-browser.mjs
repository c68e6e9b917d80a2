import "./node-version.mjs";
import { installedBrowser } from "./browser/installed.mjs";
import { packagedBrowser } from "./browser/packaged.mjs";
import { whenRun } from "./process/when-run.mjs";

/**
 * The path of a Chromium that runs here: CHROMIUM_PATH, else one of the system, else the one that
 * npm brought (Linux x64), else Playwright's own.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const found = (await installedBrowser()) ?? (await packagedBrowser()) ?? (await playwrightsOwn());
  if (found) return found;
  throw new Error(
    "Не нашёлся браузер Chromium. Поставьте его (chromium или Google Chrome), либо выполните " +
      "npx playwright install chromium, либо задайте путь в CHROMIUM_PATH.",
  );
}

async function playwrightsOwn() {
  const { existsSync } = await import("node:fs");
  const { chromium } = await import("playwright");
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}

await whenRun(import.meta, async () => console.log(await ensureBrowser()));
