import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  clusterBase,
  joinDatabase,
  leaveDatabase,
  runningDatabase,
} from "../../scripts/launcher/database.mjs";
import { watchDatabase } from "../../scripts/launcher/watch-database.mjs";
import { stopRunningCluster } from "../../scripts/postgres/cluster.mjs";
import { takeLock } from "../../scripts/process/lock.mjs";
import { temporaryFolder } from "../support/folder";

/** A data folder whose Postgres we use, and what a test does to it. */
async function usedDatabase() {
  const instance = { dataDir: temporaryFolder(), databaseUrl: null };
  const url = await joinDatabase(instance);
  onTestFinished(() => leaveDatabase(instance));
  const running = () => runningDatabase(instance);
  return {
    instance,
    running,
    port: Number(new URL(url).port),
    async kill() {
      process.kill((await running())?.pid ?? 0, "SIGKILL");
      await expect.poll(running).toBeNull();
    },
  };
}

/** What is said to the person at the terminal. */
function listenTo(how: "log" | "error") {
  const said = vi.spyOn(console, how).mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  return said;
}

/** Another program on the port. */
async function occupy(port: number) {
  const server = createServer().listen(port, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
}

test("a Postgres that was killed comes back at its port", async () => {
  const { instance, running, port, kill } = await usedDatabase();
  await kill();
  const watch = watchDatabase(instance, { everyMs: 20 });
  await expect.poll(running).toMatchObject({ port });
  await watch.end();
  expect(watch.lost.aborted).toBe(false);
});

test("it never comes back elsewhere: when its port stays taken, the watch says so and gives up", async () => {
  const { instance, running, port, kill } = await usedDatabase();
  await kill();
  await occupy(port);
  await expect(joinDatabase(instance)).rejects.toThrow(`${port}`);
  const said = listenTo("error");
  const watch = watchDatabase(instance, { everyMs: 20, patienceMs: 100 });
  await once(watch.lost, "abort");
  expect(watch.lost.reason.message).toContain(`Порт ${port}, на котором работал Postgres, занят`);
  await watch.end();
  expect(said).toHaveBeenCalledOnce();
  expect(await running()).toBeNull();
});

test("when nobody is left who knows the port, the next one to come gets another", async () => {
  const { instance, port } = await usedDatabase();
  await leaveDatabase(instance);
  await occupy(port);
  expect(Number(new URL(await joinDatabase(instance)).port)).not.toBe(port);
});

test("nothing is started any more when the watch is over", async () => {
  const { instance, running } = await usedDatabase();
  const said = listenTo("log");
  const lock = path.join(instance.dataDir, "run", "postgres.lock");
  const release = takeLock(lock);
  await stopRunningCluster(await clusterBase(instance.dataDir));
  const watch = watchDatabase(instance, { everyMs: 1 });
  // Longer than a look takes to find the lock taken.
  for (let look = 0; look < 20; look += 1) await running();
  const over = watch.end();
  release?.();
  await over;
  expect(await running()).toBeNull();
  expect(said).not.toHaveBeenCalled();
});
