import { mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { destination } from "pino";

type Limits = {
  /** Bytes after which a file is put aside. */
  size: number;
  /** How many are kept beside the one being written: `.1` is the newest, the oldest is overwritten. */
  kept: number;
};

/** A log file that never fills the disk. Only its owner reads it. */
export function rotatingFile(path: string, { size, kept }: Limits) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let written = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const file = destination({ dest: path, sync: false, mode: 0o600 });
  file.on("write", (bytes: number) => {
    written += bytes;
    if (written < size) return;
    written = 0;
    try {
      putAside(path, kept);
    } catch {
      // Another process was quicker; what is there now is opened all the same.
    }
    file.reopen();
  });
  // A full disk must not end the process that wants to tell of it: the console still does.
  file.on("error", () => {});
  return file;
}

function putAside(path: string, kept: number): void {
  for (let age = kept - 1; age >= 0; age -= 1) {
    const from = age === 0 ? path : `${path}.${age}`;
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${path}.${age + 1}`);
  }
}
