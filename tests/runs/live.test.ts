import { eq } from "drizzle-orm";
import postgres from "postgres";
import { beforeEach, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { database } from "@/lib/db/client";
import { runs } from "@/lib/db/schema/workspace";
import { wake } from "@/lib/jobs/outbox";
import { announcements } from "@/lib/runs/announcements";
import type { LiveNews } from "@/lib/runs/live-model";
import { liveRuns } from "@/lib/runs/live-runs";
import { type RunProgress, toProgress } from "@/lib/runs/model";
import { finishRun, followedRuns, openRun, reportProgress, startRun } from "@/lib/runs/queries";
import { runStream } from "@/lib/runs/run-stream";
import { eventually } from "../support/locks";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";
import { listener, runsOf } from "./listener";

const office = await testOffice();
const { db } = office.access;
const { owner, stranger } = office;
const { storeId } = await connectedStore(office);
const now = new Date("2026-03-02T09:00:00Z");

beforeEach(() => db.delete(runs));

const begin = async () => {
  const { id } = await openRun(db, { kind: "sync", storeId, userId: null });
  await startRun(db, id, now);
  return id;
};

function listen(caller: Caller, checkMs = 60_000) {
  const who: { is: Caller | null } = { is: caller };
  const left = new AbortController();
  const stream = runStream({
    announcements: announcements(database, checkMs),
    caller: async () => who.is,
    read: async (asking, which) => (await followedRuns(db, asking, which)).map(toProgress),
    signal: left.signal,
    gatherMs: 1,
  });
  return { ...listener(stream), who, hangUp: () => left.abort() };
}

const tells = (run: Partial<RunProgress>) => (news: LiveNews) =>
  runsOf(news).some((one) =>
    Object.entries(run).every(([key, value]) => Reflect.get(one, key) === value),
  );

const jobsMoved = ({ kind }: LiveNews) => kind === "jobs";

/** From now on whatever is told comes from Postgres: the line to it stands. */
const standing = (line: ReturnType<typeof listen>) => line.until(jobsMoved);

test("a line begins with what is under way, and tells of each step until the end", async () => {
  const id = await begin();
  const line = listen(owner);
  expect(await line.next()).toMatchObject({ kind: "snapshot", runs: [{ id, status: "running" }] });
  await standing(line);
  await reportProgress(db, id, { done: 40, total: 100 });
  await line.until(tells({ id, done: 40, total: 100 }));
  await finishRun(db, id, { created: 2 }, now);
  await line.until(tells({ id, status: "finished" }));
  await begin();
  await line.until(tells({ status: "running" }));
  await line.leave();
});

test("a stranger hears nothing of it", async () => {
  const line = listen(stranger);
  await standing(line);
  const id = await begin();
  await reportProgress(db, id, { done: 40, total: 100 });
  await db.transaction((tx) => wake(tx, "work"));
  const heard = await line.until(jobsMoved);
  expect(heard.flatMap(runsOf)).toEqual([]);
  await line.leave();
});

test("nothing is told of what was rolled back", async () => {
  const id = await begin();
  const line = listen(owner);
  await standing(line);
  const refuse = db.transaction(async (tx) => {
    await reportProgress(tx, id, { done: 99, total: 100 });
    throw new Error("rolled back");
  });
  await expect(refuse).rejects.toThrow("rolled back");
  await reportProgress(db, id, { done: 7, total: 100 });
  const heard = await line.until(tells({ id, done: 7 }));
  expect(heard.flatMap(runsOf).map(({ done }) => done)).not.toContain(99);
  await line.leave();
});

test("whoever is signed out meanwhile hears no more", async () => {
  const id = await begin();
  const line = listen(owner);
  await standing(line);
  line.who.is = null;
  await reportProgress(db, id, { done: 40, total: 100 });
  await expect(line.until(tells({ done: 40 }))).rejects.toThrow("never heard");
});

test("what was missed while nobody heard is told at the next look", async () => {
  const id = await begin();
  const line = listen(owner, 20);
  await standing(line);
  // Written without a word to anybody, as if the word had been lost.
  await db.update(runs).set({ status: "failed", finishedAt: now }).where(eq(runs.id, id));
  await line.until((news) => news.kind === "snapshot" && news.runs.length === 0);
  await line.leave();
});

test("a line to Postgres that hears nothing is opened anew", async () => {
  const id = await begin();
  const deaf = () => postgres("postgres://nobody@127.0.0.1:1/nowhere", { max: 1 });
  let opened = 0;
  const separate = () => {
    opened += 1;
    return opened === 1 ? deaf() : database().separate();
  };
  const { follow } = announcements(() => ({ ...database(), separate }), 20);
  const heard = new Set<string>();
  const stop = follow((news) => typeof news === "object" && heard.add(news.runId));
  await eventually(async () => {
    await reportProgress(db, id, { done: opened, total: 100 });
    return heard.has(id);
  });
  stop();
  expect(opened).toBeGreaterThan(1);
});

test("one person holds no more than a dozen lines, and gives them back by leaving, however early", async () => {
  const left = new AbortController();
  const open = () => liveRuns(stranger, async () => stranger, left.signal);
  const lines = Array.from({ length: 12 }, () => listener(open()));
  await Promise.all(lines.map((line) => line.next()));
  expect(open).toThrow("too_many_windows");
  await Promise.all(lines.map((line) => line.leave()));
  const gone = AbortSignal.abort();
  for (let nth = 0; nth < 20; nth += 1) liveRuns(stranger, async () => stranger, gone);
  const again = listener(open());
  expect(await again.next()).toEqual({ kind: "snapshot", runs: [] });
  await again.leave();
});
