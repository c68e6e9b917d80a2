import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { kaspiTemplateStream } from "@/lib/excel/kaspi-template";
import { readableStore } from "@/lib/stores/queries";
import type { ListOffer } from "./model";
import { offersOfVersion, readableVersion } from "./read-version";
import { tableProblem, tableRow } from "./table-rules";
import { type ShownVersion, versionContent } from "./version-queries";

const unpack = promisify(gunzip);

/**
 * A version as Kaspi takes it, in XML. Who took it is written down. Throws `not_found`, `rate_limited` for
 * more than ten files of one person in ten minutes.
 */
export async function downloadXml(
  db: Db,
  caller: Caller,
  listId: string,
  now: Date,
): Promise<{ version: ShownVersion; xml: Buffer }> {
  const version = await takenVersion(db, caller, { listId, format: "xml" }, now);
  return { version, xml: await unpack((await versionContent(db, listId)).xml) };
}

/**
 * The same in Kaspi's own table of goods (protocol D2), for uploading by hand: one price for all cities, five
 * points. Throws `invalid` where the list says more than the table can.
 */
export async function downloadXlsx(
  db: Db,
  caller: Caller,
  listId: string,
  now: Date,
): Promise<{ version: ShownVersion; file: ReadableStream<Uint8Array> }> {
  const version = await takenVersion(db, caller, { listId, format: "xlsx" }, now);
  const { offers, merchantId } = await offersForTable(db, caller, listId);
  const problem = tableProblem(offers, merchantId);
  if (problem) throw new AppError("invalid", problem.key, { params: problem.params });
  return { version, file: kaspiTemplateStream(inBatches(offers, merchantId)) };
}

/** Why a version cannot be had as Kaspi's table; null: it can. Throws `not_found`. */
export async function problemOfTable(db: Db, caller: Caller, listId: string) {
  const { offers, merchantId } = await offersForTable(db, caller, listId);
  return tableProblem(offers, merchantId);
}

async function offersForTable(db: Db, caller: Caller, listId: string) {
  const { storeId } = await readableVersion(db, caller, listId);
  const { merchantId } = await readableStore(db, caller, storeId);
  return { offers: [...(await offersOfVersion(db, listId)).values()], merchantId };
}

const BATCH = 1_000;

async function* inBatches(offers: readonly ListOffer[], merchantId: string) {
  for (let from = 0; from < offers.length; from += BATCH)
    yield offers.slice(from, from + BATCH).map((offer) => tableRow(offer, merchantId));
}

/** The version, once it is written down that this person takes it. */
async function takenVersion(
  db: Db,
  caller: Caller,
  { listId, format }: { listId: string; format: string },
  now: Date,
): Promise<ShownVersion> {
  const version = await readableVersion(db, caller, listId);
  const { storeId, number } = version;
  const entry = { at: now, storeId, subjectId: listId, details: { format, number } };
  await takeAllowed(db, caller.id, filesTaken("list.downloaded"), entry);
  return version;
}
