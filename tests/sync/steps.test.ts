import { beforeEach, expect, test } from "vitest";
import { trainingCredentials } from "@/lib/accounts/model";
import { products } from "@/lib/db/schema/products";
import { runs } from "@/lib/db/schema/workspace";
import { runById } from "@/lib/runs/queries";
import { walkStart } from "@/lib/sync/cursor";
import { requestSync } from "@/lib/sync/request-sync";
import { beginSync, finishSync, walkPages } from "@/lib/sync/sync-store";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const { storeId } = await connectedStore(office, trainingCredentials);

beforeEach(async () => {
  twin.clearFaults();
  await db.delete(runs);
  await db.delete(products);
});

async function begun(): Promise<string> {
  const runId = await requestSync(db, storeId, null);
  await beginSync(access, runId);
  return runId;
}

test("a step repeated after a crash does no harm: everything is met once, nothing is gone", async () => {
  const runId = await begun();
  const from = { storeId, runId, cursor: walkStart };
  await walkPages(access, from);
  let cursor = await walkPages(access, from);
  expect(cursor.phase).not.toBe("done");
  while (cursor.phase !== "done") cursor = await walkPages(access, { storeId, runId, cursor });
  const known = await db.$count(products);
  expect(await finishSync(access, { storeId, runId, cursor })).toMatchObject({
    products: known,
    gone: 0,
    complete: true,
  });
  expect((await runById(db, runId))?.done).toBe(cursor.met);
});

test("a page read ahead that fails costs none of those before it", async () => {
  const runId = await begun();
  const from = { storeId, runId, cursor: walkStart };
  twin.setFault({ name: "list_fails", page: 2 });
  await expect(walkPages(access, from)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
  expect(await db.$count(products)).toBe(200);
});
