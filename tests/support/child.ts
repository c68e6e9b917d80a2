import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type Child = {
  /** Resolves with the next line on stdout for which the test holds; rejects if the process ends first. */
  line(test: (line: string) => boolean): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** The exit code, or the signal it died of. */
  ended: Promise<number | string | null>;
};

/** Runs a TypeScript file of the tests in a process of its own, with this one's environment. */
export function startChild(file: string, args: string[], env: Record<string, string> = {}): Child {
  const tsx = ["--import", "tsx", file, ...args];
  const child: ChildProcess = spawn(process.execPath, tsx, {
    env: { ...process.env, TSX_TSCONFIG_PATH: "tests/tsconfig.json", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const waiting = new Set<(line: string) => void>();
  if (child.stdout) {
    createInterface(child.stdout).on("line", (line) => {
      for (const hear of waiting) hear(line);
    });
  }
  const ended = once(child, "exit").then(([code, signal]) => signal ?? code);
  return {
    ended,
    kill: (signal) => {
      child.kill(signal);
    },
    line: (test) =>
      new Promise((resolve, reject) => {
        const hear = (line: string) => {
          if (!test(line)) return;
          waiting.delete(hear);
          resolve(line);
        };
        waiting.add(hear);
        void ended.then((how) => reject(new Error(`the process ended: ${how}`)));
      }),
  };
}
