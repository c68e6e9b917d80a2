import { beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import type { Tenge } from "@/lib/core/money";
import { auditLog } from "@/lib/db/schema/workspace";
import { dismissNotice, listOpenNotices, raiseNotice } from "@/lib/notices/queries";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { findProduct } from "@/lib/products/queries";
import { setProductNote } from "@/lib/products/set-note";
import { releaseManualLock, setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { checkNow } from "@/lib/repricing/check/check-now";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import { productHistory } from "@/lib/repricing/ledger/history-queries";
import { setDefaultRule, setProductRule } from "@/lib/repricing/rule/set-rule";
import { findRun } from "@/lib/runs/queries";
import { archiveStore, setStoreNote } from "@/lib/stores/change-queries";
import {
  listStoreNames,
  listStores,
  readableStore,
  setStoreSendingStopped,
  writableStore,
} from "@/lib/stores/queries";
import { stoppedStores } from "@/lib/stores/stop-queries";
import { requestSync } from "@/lib/sync/request-sync";
import { setSendingStopped } from "@/lib/workspace/queries";
import { testOffice } from "../support/office";
import { asViewer } from "../support/person";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db } = access;
/** May look at everything and owns nothing. */
const viewer = asViewer(stranger);
const all = productListSchema.parse({});
const now = access.clock();
const price = 10_000 as Tenge;
let storeId = "";
let productId = "";
let runId = "";

beforeAll(async () => {
  ({ storeId } = await connectedStore(office));
  await syncNow(office, storeId);
  runId = await requestSync(db, storeId, owner.id);
  const [row] = (await listProducts(db, owner, all, now)).rows;
  productId = row?.id ?? "";
  await setStoreSendingStopped(db, owner, { storeId, stopped: true }, now);
  await raiseNotice(db, { kind: "sync_incomplete", about: storeId, severity: "warning", storeId });
});

type Use = (caller: Caller) => Promise<unknown>;

const hand = { price, hold: false, confirm: true };
const changes: [string, Use][] = [
  ["limits", (caller) => setLimits(db, caller, productId, { floor: price, confirm: true }, now)],
  ["the bot", (caller) => setBot(db, caller, productId, true, now)],
  ["a price by hand", (caller) => setPriceByHand(db, caller, productId, hand, now)],
  ["a held price", (caller) => releaseManualLock(db, caller, productId, now)],
  ["a product's rule", (caller) => setProductRule(db, caller, productId, {}, now)],
  ["a product's note", (caller) => setProductNote(db, caller, { productId, note: "x" }, now)],
  ["a store's note", (caller) => setStoreNote(db, caller, { storeId, note: "x" }, now)],
  ["a check now", (caller) => checkNow(access, caller, productId, null)],
  ["a store's rule", (caller) => setDefaultRule(db, caller, storeId, {}, now)],
  [
    "a store's switch",
    (caller) => setStoreSendingStopped(db, caller, { storeId, stopped: false }, now),
  ],
  ["a store's end", (caller) => archiveStore(db, caller, storeId, now)],
  ["a store's sync and session", (caller) => writableStore(db, caller, storeId)],
];

describe.each([
  ["a stranger", stranger, "not_found"],
  ["somebody who may only look", viewer, "forbidden"],
])("for %s", (_who, caller, kind) => {
  test.each(changes)(`somebody else's %s is ${kind}`, async (_what, change) => {
    const before = await db.$count(auditLog);
    await expect(change(caller)).rejects.toMatchObject({ kind });
    expect(await db.$count(auditLog)).toBe(before);
  });

  test("the switch of the whole office is the owner's", async () => {
    await expect(setSendingStopped(db, caller, true, now)).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("a notice of somebody else's store stays", async () => {
    const [notice] = await listOpenNotices(db, owner);
    await dismissNotice(db, caller, notice?.id ?? "", now);
    expect(await listOpenNotices(db, owner)).toContainEqual(notice);
  });
});

const things: [string, Use][] = [
  ["a store", (caller) => readableStore(db, caller, storeId)],
  ["a product", (caller) => findProduct(db, caller, productId)],
  ["a rule's preview", (caller) => previewRule(db, caller, productId, now)],
];

test.each(things)("%s is seen by those who may look, and by no stranger", async (_what, read) => {
  expect(await read(viewer)).toBeTruthy();
  await expect(read(stranger)).rejects.toMatchObject({ kind: "not_found" });
});

const lists: [string, (caller: Caller) => Promise<readonly unknown[]>][] = [
  ["stores", (caller) => listStores(db, caller)],
  ["names of stores", (caller) => listStoreNames(db, caller)],
  ["stopped stores", (caller) => stoppedStores(db, caller)],
  ["products", async (caller) => (await listProducts(db, caller, all, now)).rows],
  [
    "products of a store that is named",
    async (caller) => (await listProducts(db, caller, { ...all, store: storeId }, now)).rows,
  ],
  ["notices", (caller) => listOpenNotices(db, caller)],
  ["runs", async (caller) => [await findRun(db, caller, runId)].filter(Boolean)],
];

test.each(lists)("%s are seen by those who may look, and by no stranger", async (_what, list) => {
  expect(await list(viewer)).not.toEqual([]);
  expect(await list(stranger)).toEqual([]);
});

test("the history of somebody else's product is empty", async () => {
  await setPriceByHand(db, owner, productId, hand, now);
  expect((await productHistory(db, viewer, productId)).entries).toHaveLength(1);
  expect((await productHistory(db, stranger, productId)).entries).toEqual([]);
});
