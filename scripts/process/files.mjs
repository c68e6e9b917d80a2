import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * The file's text, or null when there is none.
 * @param {string} file
 */
export function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * The file's JSON; null when there is none or a crash left half of it.
 * @template T
 * @param {string} file
 * @returns {T | null}
 */
export function readJson(file) {
  try {
    return JSON.parse(readText(file) ?? "null");
  } catch {
    return null;
  }
}

/**
 * Readers see the old text or the new one, never a part.
 * @param {string} file
 * @param {string} text
 */
export function writeWhole(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, text, { mode: 0o600 });
  renameSync(partial, file);
}
