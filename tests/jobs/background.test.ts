import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, connect as dial, type Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { HOUR, systemClock } from "@/lib/core/time";
import { connect, type Database } from "@/lib/db/client";
import { keepTicking } from "@/lib/jobs/background";
import { napping } from "@/lib/jobs/nap";
import { wake } from "@/lib/jobs/outbox";
import { startCluster } from "../../scripts/postgres/cluster.mjs";
import { recordingLog } from "../support/jobs";

const base = mkdtempSync(path.join(os.tmpdir(), "duken-listen-"));
chmodSync(base, 0o711);
let cluster = await startCluster({ base, password: "test" });
const database = connect(cluster.url("postgres"), 3);
const { sql } = database;
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await cluster.stop();
  rmSync(base, { recursive: true, force: true });
});

/** What ticks in the background, and by nothing but NOTIFY. */
async function ticking(through: Database = database) {
  let words = 0;
  const { log, lines } = recordingLog();
  const background = await keepTicking({
    database: through,
    clock: systemClock,
    log,
    nap: napping(),
    pollMs: HOUR,
    checkMs: 50,
    tick: async () => ({ moved: false, nextAt: null }),
    onWake: () => {
      words += 1;
    },
  });
  onTestFinished(() => background.stop());
  /** Speaks until it is heard: what is said while nobody listens is not. */
  const isWoken = async () => {
    const before = words;
    const speak = async () => {
      await wake(database.db, "work");
      return words > before;
    };
    await expect.poll(speak).toBe(true);
  };
  await wake(database.db, "work");
  await expect.poll(() => words).toBe(1);
  return { isWoken, lines };
}

test("an engine whose listening connection was ended is woken again", async () => {
  const { isWoken } = await ticking();
  const ended = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where query ilike 'listen%'`;
  expect(ended).toHaveLength(1);
  await isWoken();
});

test("when Postgres was away the engine is woken again", async () => {
  const { isWoken, lines } = await ticking();
  await cluster.stop();
  await expect
    .poll(() => lines.map(({ message }) => message))
    .toContain("Job engine cannot listen to Postgres");
  cluster = await startCluster({ base, password: "test", port: cluster.port });
  await isWoken();
});

/** A way to Postgres that can fall silent without a word, as a pulled cable does. */
async function silentWay() {
  const sockets: Socket[] = [];
  const relay = createServer((near) => {
    const far = dial(cluster.port, "127.0.0.1");
    for (const socket of [near, far]) sockets.push(socket.on("error", () => socket.destroy()));
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    relay.close();
    for (const socket of sockets) socket.destroy();
  });
  const url = new URL(cluster.url("postgres"));
  url.port = String((relay.address() as AddressInfo).port);
  return {
    database: { ...database, separate: connect(url.href, 1).separate },
    fallSilent() {
      for (const socket of sockets) socket.unpipe().pause();
    },
  };
}

test("a connection that died without a word is put away for a new one", async () => {
  const way = await silentWay();
  const { isWoken } = await ticking(way.database);
  way.fallSilent();
  await isWoken();
});
