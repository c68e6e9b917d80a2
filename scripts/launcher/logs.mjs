import { mkdirSync, openSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { readText } from "../process/files.mjs";

const LONGEST = 20 * 1024 * 1024;

/**
 * Opens a service's log for adding to it; a long one is put aside first.
 * @param {{ files: { logs: string } }} instance
 * @param {"web" | "twin" | "launcher"} name
 */
export function openLog(instance, name) {
  const file = logFile(instance, name);
  mkdirSync(path.dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LONGEST) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/**
 * @param {{ files: { logs: string } }} instance
 * @param {string} name
 */
export function logFile({ files }, name) {
  return path.join(files.logs, `${name}.log`);
}

/**
 * @param {string} file
 * @param {number} count
 */
export function lastLines(file, count) {
  return (readText(file) ?? "").trimEnd().split("\n").slice(-count).join("\n");
}
