import { and, eq, isNull } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { jobDefinitions, jobEvents, jobRuns } from "@/lib/db/schema/jobs";
import { stores } from "@/lib/db/schema/kaspi";
import { auditLog, notices, runs } from "@/lib/db/schema/workspace";
import { translator } from "@/lib/i18n/translator";
import { listOpenNotices } from "@/lib/notices/queries";
import { cancelRun, retryRun } from "@/lib/runs/change-run";
import { historySchema } from "@/lib/runs/history-address";
import { findRunLine, runHistory } from "@/lib/runs/history-queries";
import { failedWork, openRuns } from "@/lib/runs/now-queries";
import { runById } from "@/lib/runs/queries";
import { runAnswer } from "@/lib/runs/run-answer";
import { putOffSync } from "@/lib/sync/put-off-sync";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { connectedStore } from "../support/stores";
import { slowSyncs } from "./work";

const office = await testOffice();
const { db } = office.access;
const { owner, stranger } = office;
const { storeId, name } = await connectedStore(office);

beforeEach(async () => {
  await db.delete(jobRuns);
  await db.delete(jobEvents);
  await db.delete(jobDefinitions);
  await db.delete(runs);
  await db.delete(notices);
});

const lines = (caller = owner, asked = {}, now = new Date()) =>
  runHistory(db, caller, historySchema.parse(asked), now);

test("a run says how far it is, whose it is and who asked for it", async () => {
  const { drain, request, clock } = await slowSyncs(office);
  const runId = await request(storeId, owner.id);
  await drain();
  const { running, waiting, waitingCount } = await openRuns(db, owner, undefined);
  expect(running).toMatchObject([
    {
      job: "sync-store",
      about: { kind: "store", id: storeId, name },
      who: owner.name,
      startedAt: clock(),
      asleepUntil: new Date(clock().getTime() + HOUR),
      progress: { id: runId, done: 30, total: 100, status: "running" },
      mayChange: true,
    },
  ]);
  expect([waiting, waitingCount]).toEqual([[], 0]);
  expect(await findRunLine(db, owner, runId)).toMatchObject({ id: running[0]?.id });
});

test("a stranger sees nothing of it, and can neither cancel nor repeat it", async () => {
  const { drain, request, clock } = await slowSyncs(office);
  const runId = await request(storeId, owner.id);
  await drain();
  expect((await openRuns(db, stranger, undefined)).running).toEqual([]);
  expect(await lines(stranger)).toEqual({ lines: [], total: 0 });
  expect(await findRunLine(db, stranger, runId)).toBeNull();
  const notFound = { kind: "not_found" };
  await expect(cancelRun(db, stranger, runId, clock())).rejects.toMatchObject(notFound);
  await expect(retryRun(db, stranger, runId, clock())).rejects.toMatchObject(notFound);
});

test("who sees all stores sees their runs, and may not change them", async () => {
  const { drain, request, clock } = await slowSyncs(office);
  const runId = await request(storeId);
  await drain();
  const viewer = asViewer(stranger);
  expect((await openRuns(db, viewer, undefined)).running).toMatchObject([{ mayChange: false }]);
  await expect(cancelRun(db, viewer, runId, clock())).rejects.toMatchObject({ kind: "forbidden" });
});

test("a cancelled sync stops, is audited, and does not begin again at the next tick", async () => {
  const { drain, request, clock } = await slowSyncs(office);
  const runId = await request(storeId);
  await drain();
  await cancelRun(db, owner, runId, clock(), putOffSync);
  expect(await runById(db, runId)).toMatchObject({ status: "cancelled", finishedAt: clock() });
  const again = cancelRun(db, owner, runId, clock());
  await expect(again).rejects.toMatchObject({ kind: "conflict", key: "run_over" });
  const [row] = await db.select().from(stores).where(eq(stores.id, storeId));
  expect(row?.nextSyncAt).toEqual(new Date(clock().getTime() + 15 * MINUTE));
  const [entry] = await db.select().from(auditLog).where(eq(auditLog.action, "run.cancelled"));
  expect(entry).toMatchObject({
    userId: owner.id,
    storeId,
    details: { job: "sync-store" },
  });
  clock.advance(HOUR);
  await drain();
  expect(await runById(db, runId)).toMatchObject({ status: "cancelled", done: 30 });
});

test("failed work is told of once, is done again by hand, and is forgotten when it goes well", async () => {
  const { drain, request, clock, how } = await slowSyncs(office);
  const open = () => listOpenNotices(db, owner);
  how.fails = true;
  const runId = await request(storeId);
  await drain();
  clock.advance(HOUR);
  await drain();
  const [failed] = await failedWork(db, owner, undefined, clock());
  expect(failed).toMatchObject({
    times: 1,
    progress: { id: runId },
    error: { message: "kaspi_rejected: no_list" },
  });
  expect(await open()).toMatchObject([
    { kind: "run_failed", storeId, params: { job: "sync-store", run: failed?.id } },
  ]);

  how.fails = false;
  await retryRun(db, owner, failed?.id ?? "", clock());
  expect(await open()).toEqual([]);
  expect(await runById(db, runId)).toMatchObject({ status: "queued", finishedAt: null });
  await drain();
  expect(await failedWork(db, owner, undefined, clock())).toEqual([]);
  const { running } = await openRuns(db, owner, storeId);
  expect(running).toMatchObject([
    { retryOf: failed?.id, who: owner.name, progress: { id: runId } },
  ]);
});

test("work that was done again stays as that has left it", async () => {
  const { drain, request, clock, how } = await slowSyncs(office);
  how.fails = true;
  const runId = await request(storeId);
  await drain();
  clock.advance(HOUR);
  await drain();
  const [failed] = await failedWork(db, owner, undefined, clock());
  how.fails = false;
  await retryRun(db, owner, failed?.id ?? "", clock());
  await drain();
  clock.advance(HOUR);
  await drain();
  const before = await runById(db, runId);
  const first = await findRunLine(db, owner, failed?.id ?? "");
  const again = await findRunLine(db, owner, first?.retriedBy ?? "");
  expect(again).toMatchObject({ retryOf: failed?.id, retriedBy: null, state: "completed" });
  const twice = retryRun(db, owner, failed?.id ?? "", clock());
  await expect(twice).rejects.toMatchObject({ kind: "conflict", key: "run_retried" });
  expect(await runById(db, runId)).toEqual(before);
});

test("a sync is cancelled in the order in which it ends: its store, then its progress", async () => {
  const { drain, request, clock } = await slowSyncs(office);
  const runId = await request(storeId);
  await drain();
  const held = await hold(db, (tx) =>
    tx.update(stores).set({ name }).where(eq(stores.id, storeId)),
  );
  const cancelled = cancelRun(db, owner, runId, clock(), putOffSync);
  await waiting(db, 1);
  await db.transaction((tx) =>
    tx.select().from(runs).where(eq(runs.id, runId)).for("update", { noWait: true }),
  );
  await held.release();
  await cancelled;
  expect(await runById(db, runId)).toMatchObject({ status: "cancelled" });
});

test("what a notice of its own tells of is not told twice", async () => {
  const { drain, request, clock, how } = await slowSyncs(office);
  Object.assign(how, { fails: true, with: "needs_reauth: reauth_no_password" });
  await request(storeId);
  await drain();
  clock.advance(HOUR);
  await drain();
  expect(await failedWork(db, owner, undefined, clock())).toHaveLength(1);
  expect(await listOpenNotices(db, owner)).toEqual([]);
});

test("a failure that repeats is one line and one notice, gone after the next success", async () => {
  const { drain, request, clock, how } = await slowSyncs(office);
  const once = async () => {
    await request(storeId);
    await drain();
    clock.advance(HOUR);
    await drain();
    await db.delete(runs);
  };
  how.fails = true;
  await once();
  await once();
  expect(await failedWork(db, owner, undefined, clock())).toMatchObject([{ times: 2 }]);
  const open = and(eq(notices.kind, "run_failed"), isNull(notices.resolvedAt));
  expect(await db.select().from(notices).where(open)).toHaveLength(1);
  how.fails = false;
  await once();
  expect(await failedWork(db, owner, undefined, clock())).toEqual([]);
  clock.advance(5 * MINUTE);
  await drain();
  expect(await db.select().from(notices).where(open)).toEqual([]);
});

test("the history is narrowed by kind, store, state, period and person", async () => {
  const { drain, request, clock } = await slowSyncs(office);
  await request(storeId, owner.id);
  await drain();
  clock.advance(HOUR);
  await drain();
  const now = clock();
  const totals = async (asked: object) => (await lines(owner, asked, now)).total;
  const other = "00000000-0000-4000-8000-000000000000";
  expect(await totals({})).toBe(1);
  expect(await totals({ kind: "sync-store" })).toBe(1);
  expect(await totals({ kind: "settle-failed-runs" })).toBe(1);
  expect(await totals({ kind: "change-products" })).toBe(0);
  expect([await totals({ store: storeId }), await totals({ store: other })]).toEqual([1, 0]);
  expect([await totals({ state: "completed" }), await totals({ state: "failed" })]).toEqual([1, 0]);
  expect(await totals({ period: "day" })).toBe(1);
  expect([await totals({ person: owner.id }), await totals({ person: other })]).toEqual([1, 0]);
  expect(await totals({ kind: "'; drop", state: "odd", period: "ever", page: "x" })).toBe(1);
});

test("the API tells of a run by its own id and by that of its progress", async () => {
  const { drain, request, clock, how } = await slowSyncs(office);
  how.fails = true;
  const runId = await request(storeId);
  await drain();
  const ask = (id: string, caller = owner) => runAnswer(db, caller, id, translator("ru"));
  const startedAt = clock().toISOString();
  expect(await ask(runId)).toEqual({
    id: runId,
    kind: "sync",
    status: "running",
    done: 30,
    total: 100,
    started_at: startedAt,
    finished_at: null,
  });
  clock.advance(HOUR);
  await drain();
  const id = (await findRunLine(db, owner, runId))?.id ?? "";
  expect(await ask(id)).toEqual({
    id,
    kind: "sync-store",
    status: "failed",
    done: 30,
    total: 100,
    started_at: startedAt,
    finished_at: clock().toISOString(),
    error: "Kaspi отказал. Цены и товары прежние.",
  });
  await expect(ask(id, stranger)).rejects.toMatchObject({ kind: "not_found" });
  await expect(ask(runId, stranger)).rejects.toMatchObject({ kind: "not_found" });
  await expect(ask("1")).rejects.toMatchObject({ kind: "not_found" });
});
