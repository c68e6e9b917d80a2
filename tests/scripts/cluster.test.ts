import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { joinDatabase, leaveDatabase, runningDatabase } from "../../scripts/launcher/database.mjs";
import { startCluster } from "../../scripts/postgres/cluster.mjs";
import { temporaryFolder } from "../support/folder";

/** A folder that the account Postgres runs under can enter. */
function reachableFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o711);
  return folder;
}

async function ask(url: string, question: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const [row] = await sql.unsafe(question);
  await sql.end();
  return Object.values(row ?? {})[0];
}

test("a cluster is created, joined while it runs, stopped, and keeps its rows", async () => {
  const base = reachableFolder();
  const first = await startCluster({ base, password: "secret" });
  onTestFinished(() => first.stop());
  const second = await startCluster({ base, password: "secret" });
  expect([first.started, second.started]).toEqual([true, false]);
  expect(second.port).toBe(first.port);
  expect(await ask(first.url("postgres"), "show listen_addresses")).toBe("127.0.0.1");
  expect(await ask(first.url("postgres"), "show unix_socket_directories")).toBe("");
  if (existsSync("/proc/self/environ")) {
    const environment = readFileSync(`/proc/${first.pid}/environ`, "utf8");
    expect(environment).not.toContain(process.env.ENCRYPTION_KEY);
  }
  await ask(first.url("postgres"), "create table kept as select 1 as one");
  await first.stop();
  const again = await startCluster({ base, password: "secret" });
  onTestFinished(() => again.stop());
  expect(await ask(again.url("postgres"), "select one from kept")).toBe(1);
});

test("what a crash left behind does not keep the cluster from starting", async () => {
  const base = reachableFolder();
  const cluster = await startCluster({ base, password: "secret" });
  const left = path.join(cluster.dir, "postmaster.pid");
  const text = readFileSync(left, "utf8");
  await cluster.stop();
  writeFileSync(left, text.replace(/^\d+/, String(process.pid)));
  const again = await startCluster({ base, password: "secret" });
  onTestFinished(() => again.stop());
  expect(again.started).toBe(true);
});

test("the last one to leave stops the database of a data folder", async () => {
  const dataDir = temporaryFolder();
  const url = await joinDatabase({ dataDir });
  onTestFinished(() => leaveDatabase({ dataDir }));
  expect(await ask(url.replace(/duken$/, "postgres"), "select 1")).toBe(1);
  const other = path.join(dataDir, "run", "postgres-guests", "1");
  writeFileSync(other, readFileSync(`${path.dirname(other)}/${process.pid}`));
  await leaveDatabase({ dataDir });
  expect(await runningDatabase({ dataDir })).not.toBeNull();
  writeFileSync(other, JSON.stringify({ pid: 1, birth: "of somebody dead" }));
  await leaveDatabase({ dataDir });
  expect(await runningDatabase({ dataDir })).toBeNull();
});

test.runIf(process.getuid?.() === 0)(
  "under a folder that only root may enter the cluster lives outside, and is found again",
  async () => {
    const home = temporaryFolder();
    chmodSync(home, 0o700);
    const dataDir = path.join(home, "project", ".data");
    const url = await joinDatabase({ dataDir });
    const outside = readFileSync(path.join(dataDir, "postgres-dir"), "utf8").trim();
    onTestFinished(async () => {
      await leaveDatabase({ dataDir });
      rmSync(outside, { recursive: true });
    });
    expect(await ask(url.replace(/duken$/, "postgres"), "select 1")).toBe(1);
    expect(outside).toMatch(/^\/var\/tmp\/duken-/);
    expect(existsSync(path.join(dataDir, "pg18"))).toBe(false);
    expect((await runningDatabase({ dataDir }))?.port).toBeGreaterThan(0);
  },
);
