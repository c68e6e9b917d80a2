import { afterAll, expect, test } from "vitest";
import { serveWeb } from "@/lib/cli/serve-web";
import { inngestEngine } from "@/lib/jobs/inngest-engine";
import { listOpenNotices } from "@/lib/notices/queries";
import { retryRun } from "@/lib/runs/change-run";
import { failedWork } from "@/lib/runs/now-queries";
import { runById } from "@/lib/runs/queries";
import { syncStore } from "@/lib/sync/jobs";
import { requestSync } from "@/lib/sync/request-sync";
import { tellOfRefusal } from "@/lib/sync/tell-of-sync";
import { removeWebhook } from "@/lib/webhooks/manage-webhooks";
import { recordingLog, testClock } from "../support/jobs";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";
import { hooked, told } from "../support/webhooks";

const office = await testOffice();
const { db } = office.access;
const { owner, stranger } = office;
const { storeId } = await connectedStore(office);
await office.database.sql`truncate jobs.event, runs, notices cascade`;

let status = 400;
const server = await serveWeb({ host: "127.0.0.1", port: 0 }, async () =>
  Response.json({ ids: [], status, error: status === 200 ? undefined : "no" }, { status }),
);
afterAll(() => server.close());

test("work that an Inngest server refuses is shown to whose it is, told of, and done again by hand", async () => {
  const clock = testClock();
  const engine = inngestEngine({
    database: office.database,
    functions: [syncStore],
    serveOrigin: "https://duken.example",
    transport: { isDev: false, eventKey: "key", signingKey: "ab".repeat(32), baseUrl: server.url },
    log: recordingLog().log,
    clock,
    onRefused: tellOfRefusal,
  });
  const hook = await hooked(office.access).add(owner, "https://example.kz/", ["sync.finished"]);
  const runId = await db.transaction((tx) => requestSync(tx, storeId, owner.id));
  expect(await engine.relay()).toBe(true);
  const [dead, ...others] = await failedWork(db, owner, undefined, clock());
  expect(others).toEqual([]);
  expect(dead).toMatchObject({
    job: "sync-store",
    about: { kind: "store", id: storeId },
    progress: { id: runId, status: "failed" },
    error: { name: "RefusedError" },
    mayChange: true,
  });
  expect(await failedWork(db, stranger, undefined, clock())).toEqual([]);
  expect(await listOpenNotices(db, owner)).toMatchObject([
    { kind: "run_failed", storeId, params: { job: "sync-store", run: dead?.id } },
  ]);
  expect(await told(db, hook.id, "sync.finished")).toMatchObject([
    { data: { run_id: runId, status: "failed", error: "unknown" } },
  ]);
  await removeWebhook(office.access, owner, hook.id);
  await office.database.sql`truncate jobs.event`;

  status = 200;
  await retryRun(db, owner, dead?.id ?? "", clock());
  expect(await runById(db, runId)).toMatchObject({ status: "queued" });
  expect(await listOpenNotices(db, owner)).toEqual([]);
  expect(await engine.relay()).toBe(true);
  expect(await engine.relay()).toBe(false);
  expect(await failedWork(db, owner, undefined, clock())).toHaveLength(1);
});
