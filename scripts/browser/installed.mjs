import { accessSync, constants } from "node:fs";
import path from "node:path";
import { runsHere } from "./runs-here.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "chromium-headless-shell",
  "google-chrome",
  "google-chrome-stable",
];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * A browser of the system that starts; a stub that only tells to install a snap does not.
 * @returns {Promise<string | null>}
 */
export async function installedBrowser() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(path.isAbsolute);
  const places = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  for (const file of [...places, ...elsewhere].filter(isExecutable)) {
    if (await runsHere(file)) return file;
  }
  return null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
