import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { holderOf, takeLock, withLock } from "../../scripts/process/lock.mjs";
import { temporaryFolder } from "../support/folder";

const deadProcess = () => ({ pid: spawnSync(process.execPath, ["-e", ""]).pid, birth: "1" });

test("a lock is held until it is released", () => {
  const file = path.join(temporaryFolder(), "run", "lock");
  const release = takeLock(file);
  expect(takeLock(file)).toBeNull();
  expect(holderOf(file)?.pid).toBe(process.pid);
  release?.();
  expect(holderOf(file)).toBeNull();
  expect(takeLock(file)).not.toBeNull();
});

test("the lock of a dead process is taken over", () => {
  const file = path.join(temporaryFolder(), "lock");
  writeFileSync(file, JSON.stringify(deadProcess()));
  expect(takeLock(file)).not.toBeNull();
});

test("a lock whose pid has passed to another process is taken over", () => {
  const file = path.join(temporaryFolder(), "lock");
  writeFileSync(file, JSON.stringify({ pid: process.pid, birth: "long ago" }));
  expect(takeLock(file)).not.toBeNull();
});

test.each(["", "{", "null"])("a lock that says %j is taken over", (text) => {
  const file = path.join(temporaryFolder(), "lock");
  writeFileSync(file, text);
  expect(takeLock(file)).not.toBeNull();
});

test("of many processes that find a stale lock one takes it", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "lock");
  writeFileSync(file, JSON.stringify(deadProcess()));
  const program = `
    import { takeLock } from ${JSON.stringify(path.resolve("scripts/process/lock.mjs"))};
    console.log(takeLock(${JSON.stringify(file)}) ? "taken" : "held");
    setInterval(() => {}, 1000);`;
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  const answers = await Promise.all(
    children.map(async (child) => String(await once(child.stdout, "data")).trim()),
  );
  for (const child of children) child.kill("SIGKILL");
  expect(answers.sort()).toEqual(["held", "held", "held", "held", "held", "taken"]);
  expect(readdirSync(folder)).toEqual(["lock"]);
});

test("work under a lock is done one after another, and the lock is gone after a failure", async () => {
  const file = path.join(temporaryFolder(), "lock");
  const steps: string[] = [];
  const work = (name: string) =>
    withLock(file, async () => {
      steps.push(`${name} begins`);
      await Promise.resolve();
      steps.push(`${name} ends`);
      if (name === "first") throw new Error("broken");
    });
  const results = await Promise.allSettled([work("first"), work("second")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(steps).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  expect(existsSync(file)).toBe(false);
});
