import { gunzipSync } from "node:zlib";
import { AppError, isAppError } from "@/lib/core/errors";
import { HOUR } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import {
  FLUSHED,
  PROTOCOL_ROWS,
  type ProtocolRow,
  priceListStatus,
  protocolRows,
} from "@/lib/kaspi/price-list-file";
import { finishRun, reportProgress } from "@/lib/runs/queries";
import { moveUpload, uploadById } from "./upload-queries";
import { ask, type StoreAtWork, storeOf } from "./upload-store";
import { validateXml } from "./validate-xml";
import { versionContent } from "./version-queries";

const LONGEST_PROCESSING_MS = HOUR;
/** So many articles are asked of the protocol, and so many of its rows are kept. */
const MOST_ASKED = 5_000;
const ROWS_KEPT = 200;
/** Nobody has recorded Kaspi's word for a refused file. */
const refusal = /reject|error|fail|invalid/i;

/**
 * Asks once how far Kaspi is. Answers whether it is done; throws `conflict` for a file that it has refused,
 * or has not been done with for an hour.
 */
export async function lookAtUpload(
  access: KaspiAccess,
  runId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const upload = await uploadById(access.db, runId);
  const { fileId, sentAt } = upload;
  const store = await storeOf(access, upload);
  const kaspiStatus = fileId === null ? null : await statusOf(access, store, fileId, signal);
  await moveUpload(access.db, runId, { kaspiStatus });
  if (kaspiStatus === FLUSHED) return true;
  if (kaspiStatus !== null && refusal.test(kaspiStatus))
    throw new AppError("conflict", "upload_refused", { params: { status: kaspiStatus } });
  const age = access.clock().getTime() - (sentAt?.getTime() ?? 0);
  if (age > LONGEST_PROCESSING_MS) throw new AppError("conflict", "upload_unanswered");
  return false;
}

/** Null: Kaspi gives no word, or one in an answer that nobody understands. */
async function statusOf(
  access: KaspiAccess,
  store: StoreAtWork,
  fileId: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const { merchantId: merchantUid } = store;
  try {
    return await ask(
      access,
      store,
      (cabinet) => priceListStatus(cabinet, { merchantUid, fileId }),
      signal,
    );
  } catch (error) {
    if (isAppError(error, "kaspi_malformed", "kaspi_not_found")) return null;
    throw error;
  }
}

/** Reads what Kaspi's protocol says of the articles, and ends the run. */
export async function endUpload(
  access: KaspiAccess,
  runId: string,
  signal?: AbortSignal,
): Promise<void> {
  const upload = await uploadById(access.db, runId);
  const store = await storeOf(access, upload);
  const articles = upload.listId ? await articlesOf(access, upload.listId) : [];
  const asked = articles.slice(0, MOST_ASKED);
  const met = await inProtocol(access, store, asked, signal);
  const missing = met ? asked.filter((sku) => !met.has(sku)) : [];
  const telling = [...(met?.values() ?? [])].filter(({ said }) => Object.keys(said).length > 0);
  const rows = [...missing.map((sku) => ({ sku, said: null })), ...telling].slice(0, ROWS_KEPT);
  const now = access.clock();
  await access.db.transaction(async (tx) => {
    const known = met ? { rowsKnown: met.size, rowsMissing: missing.length, rows } : {};
    await moveUpload(tx, runId, { state: "done", finishedAt: now, ...known });
    const done = articles.length;
    await reportProgress(tx, runId, { done, total: done });
    const counts = { offers: done, asked: asked.length, missing: missing.length };
    await finishRun(tx, runId, counts, now);
  });
}

/** Kaspi's protocol of these articles; null where Kaspi's answer is not understood: the file is done all the same. */
async function inProtocol(
  access: KaspiAccess,
  store: StoreAtWork,
  asked: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, ProtocolRow> | null> {
  const met = new Map<string, ProtocolRow>();
  const { merchantId: merchantUid } = store;
  try {
    for (let from = 0; from < asked.length; from += PROTOCOL_ROWS) {
      const skuList = asked.slice(from, from + PROTOCOL_ROWS);
      const rows = await ask(
        access,
        store,
        (cabinet) => protocolRows(cabinet, { merchantUid, skuList }),
        signal,
      );
      for (const row of rows) met.set(row.sku, row);
    }
    return met;
  } catch (error) {
    if (isAppError(error, "kaspi_malformed", "kaspi_rejected", "kaspi_not_found")) return null;
    throw error;
  }
}

async function articlesOf({ db }: KaspiAccess, listId: string): Promise<string[]> {
  const xml = gunzipSync((await versionContent(db, listId)).xml);
  const articles: string[] = [];
  const anybody = { merchantId: null, points: null, cities: null };
  await validateXml(xml, anybody, ({ sku }) => articles.push(sku));
  return articles;
}
