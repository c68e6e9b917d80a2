import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { TwinUrls } from "@/lib/kaspi-twin/world";

export type TwinProcess = { urls: TwinUrls; pid: number };

/** Starts the training Kaspi without its limits; it ends with us. */
export async function startTwinProcess(): Promise<TwinProcess> {
  const child = fork(path.join(import.meta.dirname, "twin-process.ts"), {
    execArgv: ["--import", "tsx"],
  });
  const [urls] = (await once(child, "message")) as [TwinUrls];
  return { urls, pid: child.pid ?? 0 };
}

/** Moves the twin's market on, or does to it whatever else its control offers. */
export async function controlTwin(twin: TwinProcess, action: string, argument: object) {
  const answer = await fetch(`${twin.urls.control}/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(argument),
  });
  if (!answer.ok) throw new Error(`twin: ${action}: ${await answer.text()}`);
}
