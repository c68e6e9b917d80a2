import { eq, inArray, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { later, SECOND } from "@/lib/core/time";
import { jobRuns } from "@/lib/db/schema/jobs";
import { productCities } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { runs } from "@/lib/db/schema/workspace";
import { translator } from "@/lib/i18n/translator";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { repriceStore } from "@/lib/repricing/check/jobs";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { findRunLine } from "@/lib/runs/history-queries";
import { noteFailedRun } from "@/lib/runs/jobs";
import { runById } from "@/lib/runs/queries";
import { runAnswer } from "@/lib/runs/run-answer";
import { demoBots } from "../../support/demo-bots";
import { testOffice } from "../../support/office";
import { reachableByJobs, startOfficeJobs } from "../../support/office-jobs";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db } = access;
const shop = await demoBots(office);
const { storeId } = shop;
const bots = shop.bots.length;
const jobRunId = "10000000-0000-4000-8000-000000000000";
reachableByJobs(office);

beforeAll(async () => {
  await db.execute(sql`create table written (seq serial, id uuid, done int, total int)`);
  await db.execute(sql`create function write_down() returns trigger language plpgsql as $$
    begin insert into written (id, done, total) values (new.id, new.done, new.total); return new; end $$`);
  await db.execute(sql`create trigger write_down after insert or update on runs
    for each row execute function write_down()`);
  await db.execute(sql`create function refuse() returns trigger language plpgsql as $$
    begin raise 'refused'; end $$`);
});

beforeEach(async () => {
  await shop.afresh();
  await db.delete(runs);
  await db.delete(jobRuns);
  await db.execute(sql`truncate written`);
});

/** Every state the progress of runs was in, in order. */
const told = async () =>
  [...(await db.execute(sql`select done, total from written order by seq`))] as {
    done: number;
    total: number;
  }[];

const checked = () => db.$count(decisions, eq(decisions.storeId, storeId));

/** While it works, no batch can be kept: its transaction fails at its very end. */
async function withoutKeeping(work: () => Promise<unknown>): Promise<void> {
  await db.execute(sql`create constraint trigger refuse after insert on decisions
    deferrable initially deferred for each row execute function refuse()`);
  try {
    await work();
  } finally {
    await db.execute(sql`drop trigger refuse on decisions`);
  }
}

async function jobs() {
  const engine = await startOfficeJobs(office, [repriceStore, noteFailedRun]);
  await emit(db, [events.repriceRequested.create({ storeId })]);
  return engine;
}

test("a job over what is due says how many of how many, a word for each batch, and no more when it is over", async () => {
  const { drain } = await jobs();
  await drain();
  const words = await told();
  expect(words[0]).toEqual({ done: 0, total: bots });
  expect(words.at(-1)).toEqual({ done: bots, total: bots });
  expect(words.map(({ done }) => done)).toEqual(
    words.map(({ done }) => done).sort((a, b) => a - b),
  );
  expect(words.every(({ total }) => total === bots)).toBe(true);
  expect(words.length).toBeLessThanOrEqual(1 + Math.ceil(bots / 40) + 3);
  expect(await db.$count(runs, eq(runs.kind, "reprice"))).toBe(0);
});

test("while it runs, its line and the API say how far it is, to whoever sees the store", async () => {
  await db.insert(jobRuns).values({
    ...{ id: jobRunId, job: "reprice-store", state: "running", concurrencyKeys: [] },
    event: { id: "any", name: "store/reprice.requested", data: { storeId }, ts: 0 },
    queuedAt: access.clock(),
  });
  await stopAfterOneBatch();
  const done = await checked();
  const line = await findRunLine(db, owner, jobRunId);
  expect(line?.progress).toMatchObject({ kind: "reprice", status: "running", done, total: bots });
  const answer = await runAnswer(db, owner, jobRunId, translator("ru"));
  expect(answer).toMatchObject({ id: jobRunId, kind: "reprice-store", done, total: bots });
  const foreign = runAnswer(db, stranger, jobRunId, translator("ru"));
  await expect(foreign).rejects.toMatchObject({ kind: "not_found" });
});

const pass = (signal?: AbortSignal, onSaved = () => {}) =>
  repriceDue(access, storeId, { trigger: "schedule", jobRunId, signal, onSaved });

async function stopAfterOneBatch(): Promise<void> {
  const stop = new AbortController();
  const stopped = pass(stop.signal, () => stop.abort(new Error("killed")));
  await expect(stopped).rejects.toThrow("killed");
}

test("a step that was killed and is done again counts each product once", async () => {
  await stopAfterOneBatch();
  expect(await runById(db, jobRunId)).toMatchObject({ done: await checked(), total: bots });
  await stopAfterOneBatch();
  expect(await runById(db, jobRunId)).toMatchObject({ done: await checked(), total: bots });
  while (await pass());
  expect(await runById(db, jobRunId)).toMatchObject({ done: bots, total: bots });
});

test("a batch that was not kept is not counted", async () => {
  await stopAfterOneBatch();
  const before = await runById(db, jobRunId);
  await withoutKeeping(() => expect(pass()).rejects.toThrow());
  expect(await runById(db, jobRunId)).toEqual(before);
  while (await pass());
  expect(await runById(db, jobRunId)).toMatchObject({ done: bots, total: bots });
});

const makeDue = (ids: string[]) =>
  db
    .update(productCities)
    .set({ nextCheckAt: access.clock() })
    .where(inArray(productCities.productId, ids));

test("what falls due meanwhile is added when the rest is done", async () => {
  while (await pass());
  await makeDue(shop.bots.slice(0, 30));
  expect((await pass())?.checked).toBe(30);
  expect(await runById(db, jobRunId)).toMatchObject({ done: bots + 30, total: bots + 30 });
});

test("a handful of products is not worth a word", async () => {
  await db.update(productCities).set({ nextCheckAt: later(access.clock(), SECOND) });
  await makeDue(shop.bots.slice(0, 39));
  expect((await pass())?.checked).toBe(39);
  expect(await told()).toEqual([]);
});

test("the progress of a job that failed for good goes with it", async () => {
  await withoutKeeping(async () => {
    const { drain, clock } = await jobs();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await drain();
      expect(await db.$count(runs, eq(runs.kind, "reprice"))).toBe(attempt === 3 ? 0 : 1);
      clock.advance(SECOND);
    }
  });
  const [run] = await db.select().from(jobRuns).where(eq(jobRuns.job, "reprice-store"));
  expect(run?.state).toBe("failed");
});
