import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { endProcess } from "../../scripts/process/end.mjs";
import { identify, isAlive, ourselves } from "../../scripts/process/identity.mjs";

function sleeper(program = "setInterval(() => {}, 1000)") {
  const ready = `${program}; console.log("ready")`;
  return spawn(process.execPath, ["-e", ready], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
}

test("we know ourselves again", () => {
  expect(isAlive(ourselves())).toBe(true);
});

test("another birth under our pid is not us", () => {
  expect(isAlive({ pid: process.pid, birth: "1" })).toBe(false);
});

test("nobody lives under pid 0 or no pid at all", () => {
  expect(identify(0)).toBeNull();
  expect(isAlive(null)).toBe(false);
});

test("a process is asked to end, and is gone afterwards", async () => {
  const child = sleeper();
  await once(child.stdout, "data");
  const identity = identify(child.pid ?? 0);
  await endProcess(identity);
  expect(isAlive(identity)).toBe(false);
  expect(child.signalCode ?? (await once(child, "exit"))[1]).toBe("SIGTERM");
});

test("one that does not listen is killed, with its children", async () => {
  const child = sleeper(`
    process.on("SIGTERM", () => {});
    const grandchild = require("node:child_process").spawn("sleep", ["60"]);
    process.stdout.write(grandchild.pid + " ");
    setInterval(() => {}, 1000)`);
  const [output] = await once(child.stdout, "data");
  const grandchild = identify(Number.parseInt(String(output), 10));
  await endProcess(identify(child.pid ?? 0), 200);
  await expect.poll(() => isAlive(grandchild)).toBe(false);
  expect(isAlive(identify(child.pid ?? 0))).toBe(false);
});

test("a process that has taken over a pid is left alone", async () => {
  const child = sleeper();
  await once(child.stdout, "data");
  await endProcess({ pid: child.pid ?? 0, birth: "of another" });
  expect(isAlive(identify(child.pid ?? 0))).toBe(true);
  child.kill("SIGKILL");
});
