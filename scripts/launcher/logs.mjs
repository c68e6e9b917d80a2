import { copyFileSync, mkdirSync, openSync, renameSync, statSync, truncateSync } from "node:fs";
import path from "node:path";
import { readText } from "../process/files.mjs";

const LONGEST = 20 * 1024 * 1024;
const LOOK_EVERY_MS = 60_000;

/** @typedef {"web" | "twin" | "bot" | "launcher"} Name */
/** @type {Name[]} */
const names = ["web", "twin", "bot", "launcher"];

/**
 * Opens a service's log for adding to it; a long one is put aside first.
 * @param {{ files: { logs: string } }} instance
 * @param {Name} name
 */
export function openLog(instance, name) {
  const file = logFile(instance, name);
  mkdirSync(path.dirname(file), { recursive: true });
  if (sizeOf(file) > LONGEST) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/**
 * Puts long logs aside while they are written, as long as the returned function is not called: a
 * month of work must not fill the disk.
 * @param {{ files: { logs: string } }} instance
 */
export function keepLogsShort(instance) {
  const timer = setInterval(() => {
    for (const name of names) shorten(logFile(instance, name));
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/**
 * The service keeps its descriptor and adds to the end, wherever that is: so a long file is copied
 * and emptied, not renamed. A line that comes between the two is lost.
 * @param {string} file
 * @param {number} [longest]
 */
export function shorten(file, longest = LONGEST) {
  if (sizeOf(file) <= longest) return;
  try {
    copyFileSync(file, `${file}.1`);
  } catch (error) {
    // A full disk holds no copy; the log that fills it is emptied all the same.
    console.error(error instanceof Error ? error.message : error);
  }
  truncateSync(file);
}

/** @param {string} file */
function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
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
