import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readJson } from "./files.mjs";
import { isAlive, ourselves } from "./identity.mjs";

/** @typedef {import("./identity.mjs").Identity} Identity */

/**
 * Takes a lock file, or answers null when a living process holds it. The lock of a dead one is
 * put aside first. It is released by calling the result, or by our own death.
 * @param {string} file
 * @returns {(() => void) | null}
 */
export function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const ours = ourselves();
  while (!createWhole(file, JSON.stringify(ours))) {
    if (holderOf(file)) return null;
    putAside(file);
  }
  return () => release(file, ours);
}

/**
 * Creates the file with its text in one step, so that nobody reads an empty lock; false when it exists.
 * @param {string} file
 * @param {string} text
 */
function createWhole(file, text) {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Waits for the lock, works under it and releases it.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] told once when somebody else has it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  let release = takeLock(file);
  if (!release) onWait?.();
  while (!release) {
    await sleep(100);
    release = takeLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * The living process that holds the lock.
 * @param {string} file
 * @returns {Identity | null}
 */
export function holderOf(file) {
  const holder = /** @type {Identity | null} */ (readJson(file));
  return isAlive(holder) ? holder : null;
}

/**
 * Only one of several launchers gets to move a stale lock, and one that moved a fresh lock by
 * mistake (taken between the look and the move) puts it back.
 * @param {string} file
 */
function putAside(file) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside)) linkSync(aside, file);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * @param {string} file
 * @param {Identity} ours
 */
function release(file, ours) {
  const holder = /** @type {Identity | null} */ (readJson(file));
  if (holder?.pid === ours.pid && holder.birth === ours.birth) rmSync(file, { force: true });
}
