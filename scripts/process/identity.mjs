import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readText } from "./files.mjs";

/**
 * A process that can be recognised later: its pid may be another's by then, its birth cannot.
 * @typedef {{ pid: number, birth: string }} Identity
 */

/**
 * @param {number} pid
 * @returns {Identity | null} null when no such process lives
 */
export function identify(pid) {
  const birth = existsSync("/proc/self/stat") ? birthFromProc(pid) : birthFromPs(pid);
  return birth === null ? null : { pid, birth };
}

/**
 * @param {Identity | null | undefined} identity
 */
export function isAlive(identity) {
  return Boolean(identity) && identify(identity?.pid ?? 0)?.birth === identity?.birth;
}

/**
 * The process's command and arguments; empty when no such process lives.
 * @param {number} pid
 */
export function commandLineOf(pid) {
  if (!(pid > 0)) return "";
  if (existsSync("/proc/self/stat")) return readText(`/proc/${pid}/cmdline`) ?? "";
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/** @returns {Identity} */
export function ourselves() {
  return identify(process.pid) ?? { pid: process.pid, birth: "" };
}

/**
 * Field 22 is the start in clock ticks since boot; the name before it may hold spaces and brackets.
 * @param {number} pid
 */
function birthFromProc(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? null : (fields[19] ?? null);
}

/** @param {number} pid */
function birthFromPs(pid) {
  const ps = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  const line = ps.stdout?.trim() ?? "";
  return line === "" || line.startsWith("Z") ? null : line.replace(/^\S+\s+/, "");
}
