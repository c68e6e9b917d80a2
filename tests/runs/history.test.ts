import { beforeEach, expect, test } from "vitest";
import { HOUR } from "@/lib/core/time";
import { jobEvents, jobRuns } from "@/lib/db/schema/jobs";
import { notices, runs } from "@/lib/db/schema/workspace";
import { retryRun } from "@/lib/runs/change-run";
import { historySchema } from "@/lib/runs/history-address";
import { findRunLine, historyChoices, runHistory } from "@/lib/runs/history-queries";
import { failedWork } from "@/lib/runs/now-queries";
import { testOffice } from "../support/office";
import { asMember, asViewer } from "../support/person";
import { connectedStore } from "../support/stores";
import { slowSyncs } from "./work";

const office = await testOffice();
const { db } = office.access;
const { owner, stranger } = office;
const { storeId } = await connectedStore(office);
const viewer = asViewer(stranger);

beforeEach(async () => {
  await db.delete(jobRuns);
  await db.delete(jobEvents);
  await db.delete(runs);
  await db.delete(notices);
});

const people = async (caller = owner) =>
  (await historyChoices(db, caller)).people.map(({ name }) => name);

const asked = async (caller = owner, by = owner) =>
  (await runHistory(db, caller, historySchema.parse({ person: by.id }), new Date())).lines.map(
    ({ id }) => id,
  );

test("the history can be narrowed to whoever has started something one may see", async () => {
  const { drain, request } = await slowSyncs(office);
  await request(storeId);
  await drain();
  expect(await people()).toEqual([]);
  await db.delete(runs);
  const mine = await request(storeId, owner.id);
  await drain();
  const line = await findRunLine(db, owner, mine);
  expect([await people(), await asked()]).toEqual([[owner.name], [line?.id]]);
  expect([await people(viewer), await asked(viewer)]).toEqual([[owner.name], [line?.id]]);
  expect([await people(stranger), await asked(stranger)]).toEqual([[], []]);
});

test("who has only had something done again has done so much", async () => {
  const { drain, request, clock, how } = await slowSyncs(office);
  how.fails = true;
  await request(storeId);
  await drain();
  clock.advance(HOUR);
  await drain();
  const [failed] = await failedWork(db, owner, undefined, clock());
  how.fails = false;
  await retryRun(db, owner, failed?.id ?? "", clock());
  await drain();
  const again = (await findRunLine(db, owner, failed?.id ?? ""))?.retriedBy;
  expect([await people(), await asked()]).toEqual([[owner.name], [again]]);
  expect(await asked(owner, stranger)).toEqual([]);
});

test("a change of many products is seen by whoever asked for it, and by owners", async () => {
  const [progress] = await db
    .insert(runs)
    .values({ kind: "bulk", userId: stranger.id })
    .returning({ id: runs.id });
  const [run] = await db
    .insert(jobRuns)
    .values({
      ...{ id: "20000000-0000-4000-8000-000000000000", job: "change-products" },
      event: { id: "1", name: "products/bulk.requested", data: { runId: progress?.id }, ts: 0 },
      ...{ state: "running", concurrencyKeys: [], queuedAt: new Date() },
    })
    .returning({ id: jobRuns.id });
  expect(await asked(stranger, stranger)).toEqual([run?.id]);
  expect(await people(stranger)).toEqual([stranger.name]);
  expect(await asked(owner, stranger)).toEqual([run?.id]);
  expect(await asked(asViewer(asMember(owner)), stranger)).toEqual([]);
});
