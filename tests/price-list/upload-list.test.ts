import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { priceListUploads } from "@/lib/db/schema/price-lists";
import { products } from "@/lib/db/schema/products";
import { auditLog, runs, workspace } from "@/lib/db/schema/workspace";
import { uploadList } from "@/lib/price-list/jobs";
import { requestUpload, sendUpload } from "@/lib/price-list/upload-list";
import { moveUpload } from "@/lib/price-list/upload-queries";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice({ startAt: new Date("2026-11-20T06:00:00Z") });
reachableByJobs(office);
const { access, twin, owner, stranger } = office;
const { db } = access;
let storeId: string;
let merchantUid: string;

beforeAll(async () => {
  ({ storeId } = await connectedStore(office));
  const [store] = await db.select().from(stores).where(eq(stores.id, storeId));
  merchantUid = store?.merchantId ?? "";
});
afterAll(() => twin.clearFaults());

beforeEach(async () => {
  twin.clearFaults();
  twin.advance({ ms: 2 * HOUR });
  await db.delete(priceListUploads);
  await db.delete(runs);
  await db.update(workspace).set({ sendingStoppedAt: null });
  await syncNow(office, storeId);
});

const request = () => requestUpload(db, owner, storeId, access.clock());
const files = () => twin.priceLists({ merchantUid });

async function upload(runId: string) {
  const [row] = await db.select().from(priceListUploads).where(eq(priceListUploads.id, runId));
  const [run] = await db.select().from(runs).where(eq(runs.id, runId));
  return { ...row, status: run?.status, errorKey: run?.errorKey, counts: run?.counts };
}

test("the whole list goes to the cabinet, and what became of it is read", async () => {
  const before = files().length;
  const jobs = await startOfficeJobs(office, [uploadList]);
  const runId = await request();
  expect(await request()).toBe(runId);
  await jobs.drain();
  for (let minute = 0; minute < 8; minute += 1) {
    jobs.clock.advance(MINUTE);
    await jobs.drain();
  }
  const onSale = await db.$count(products, eq(products.onSale, true));
  expect(await upload(runId)).toMatchObject({
    state: "done",
    status: "finished",
    kaspiStatus: "FLUSHED",
    rowsKnown: onSale,
    rowsMissing: 0,
    counts: { offers: onSale, asked: onSale, missing: 0 },
  });
  expect(files().slice(before)).toMatchObject([
    { status: "FLUSHED", applied: onSale, takenOff: [], unrecognised: [] },
  ]);
  const log = await db.select().from(auditLog).where(eq(auditLog.subjectId, runId));
  expect(log.map(({ action }) => action)).toEqual(["list.upload_requested"]);
});

test("while Kaspi works on another file ours waits, and tries again", async () => {
  twin.setFault({ name: "file_unfinished", times: 2 });
  const runId = await request();
  const first = await sendUpload(access, runId);
  expect(first).toMatchObject({ kind: "wait" });
  expect(await upload(runId)).toMatchObject({ state: "waiting", sentAt: null });
  expect(await sendUpload(access, runId)).toMatchObject({ kind: "wait" });
  expect(await sendUpload(access, runId)).toEqual({ kind: "sent" });
});

test("a file that is never finished is told of after an hour", async () => {
  twin.setFault({ name: "file_unfinished" });
  const runId = await request();
  await sendUpload(access, runId);
  twin.advance({ ms: HOUR + MINUTE });
  await syncNow(office, storeId);
  await expect(sendUpload(access, runId)).rejects.toMatchObject({ key: "upload_stuck" });
});

test("what has arrived before the process died is not sent again", async () => {
  const runId = await request();
  await sendUpload(access, runId);
  const sent = files().length;
  await moveUpload(db, runId, { state: "sending", fileId: null });
  expect(await sendUpload(access, runId)).toEqual({ kind: "sent" });
  expect(files()).toHaveLength(sent);
  expect(await upload(runId)).toMatchObject({ state: "processing", fileId: files().at(-1)?.id });
});

test("an answer that is lost is looked for, and not sent again", async () => {
  twin.setFault({ name: "answer_lost", at: ["list_upload"], times: 1 });
  const runId = await request();
  const before = files().length;
  await expect(sendUpload(access, runId)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
  expect(await upload(runId)).toMatchObject({ state: "sending" });
  expect(await sendUpload(access, runId)).toEqual({ kind: "sent" });
  expect(files()).toHaveLength(before + 1);
});

test("what never arrived is sent again", async () => {
  twin.setFault({ name: "connection_reset", at: ["list_upload"], times: 1 });
  const runId = await request();
  const before = files().length;
  await expect(sendUpload(access, runId)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
  expect(await sendUpload(access, runId)).toEqual({ kind: "sent" });
  expect(files()).toHaveLength(before + 1);
});

test("nothing is uploaded while sending is stopped, or of an old catalogue", async () => {
  await db.update(workspace).set({ sendingStoppedAt: access.clock() });
  const runId = await request();
  await expect(sendUpload(access, runId)).rejects.toMatchObject({ key: "list_stopped" });
  await db.update(workspace).set({ sendingStoppedAt: null });
  twin.advance({ ms: 3 * HOUR });
  await expect(sendUpload(access, runId)).rejects.toMatchObject({ key: "list_stale" });
});

test("a list with an error stays at home", async () => {
  const [goods] = await db
    .select()
    .from(products)
    .where(eq(products.onSale, true))
    .orderBy(products.sku)
    .limit(1);
  await db
    .update(products)
    .set({ points: null })
    .where(eq(products.id, goods?.id ?? ""));
  const runId = await request();
  const before = files().length;
  await expect(sendUpload(access, runId)).rejects.toMatchObject({ key: "list_errors" });
  expect(files()).toHaveLength(before);
});

test("nobody uploads the list of somebody else's store", async () => {
  const asked = requestUpload(db, stranger, storeId, access.clock());
  await expect(asked).rejects.toMatchObject({ kind: "not_found" });
});
