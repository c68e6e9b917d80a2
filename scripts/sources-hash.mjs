import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
/** Run by tsx, never part of the build. */
const apart = ["lib/cli", "lib/kaspi-twin"];

/**
 * Changes exactly when the content of something that `next build` reads changes; a checkout that
 * only touches times does not.
 * @param {string} root
 */
export function sourcesHash(root) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const file of sources.flatMap((source) => filesUnder(root, source))) {
    hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} relative
 * @returns {string[]} sorted, so that the order is the same on every disk
 */
function filesUnder(root, relative) {
  if (apart.includes(relative)) return [];
  const entry = statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (!entry) return [];
  if (!entry.isDirectory()) return [relative];
  return readdirSync(path.join(root, relative))
    .sort()
    .flatMap((name) => filesUnder(root, `${relative}/${name}`));
}
