import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** The command in a process of its own, and what it prints, line by line. */
function start(...args: string[]) {
  const words = ["--import", "tsx", "lib/cli/main.ts", "twin", ...args];
  const child = spawn(process.execPath, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const printed: string[] = [];
  const complaints: string[] = [];
  const output = createInterface({ input: child.stdout }).on("line", (one) => printed.push(one));
  createInterface({ input: child.stderr }).on("line", (one) => complaints.push(one));
  return { child, output, printed, complaints };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "it prints its addresses as one line of JSON and ends on %s",
  async (signal) => {
    const { child, output, printed } = start();
    await once(output, "line");
    const { urls } = JSON.parse(printed[0] ?? "") as { urls: Record<string, string> };
    expect(Object.keys(urls)).toEqual(["cabinet", "id", "storefront", "images", "control"]);
    for (const url of Object.values(urls)) expect(new URL(url).hostname).toBe("127.0.0.1");
    expect((await fetch(`${urls.control}/now`)).status).toBe(200);
    child.kill(signal);
    expect(await once(child, "close")).toEqual([0, null]);
    expect(printed).toHaveLength(1);
  },
);

test("a wrong port is explained", async () => {
  const { child, complaints } = start("--port", "many");
  expect(await once(child, "close")).toEqual([2, null]);
  expect(complaints.join("\n")).toContain("--port");
});
