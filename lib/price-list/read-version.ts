import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { inTurns } from "@/lib/core/in-turns";
import type { Tx } from "@/lib/db/client";
import { diffOf, type ListDiff } from "./diff-rules";
import type { ListOffer } from "./model";
import { validateXml } from "./validate-xml";
import { findVersion, type ShownVersion, versionContent } from "./version-queries";

const unpack = promisify(gunzip);
const anybody = { merchantId: null, points: null, cities: null };

/** A list of 50,000 offers takes a hundred megabytes while it is read. */
const reading = inTurns("price-lists", { most: 1 });

/** What a version says, by article. For whoever has found the version. */
export function offersOfVersion(tx: Tx, listId: string): Promise<ReadonlyMap<string, ListOffer>> {
  return reading("list", async () => {
    const xml = await unpack((await versionContent(tx, listId)).xml);
    const offers = new Map<string, ListOffer>();
    await validateXml(xml, anybody, (offer) => offers.set(offer.sku, offer));
    return offers;
  });
}

/** A version the caller may see. Throws `not_found`. */
export async function readableVersion(
  tx: Tx,
  caller: Caller,
  listId: string,
): Promise<ShownVersion> {
  const version = await findVersion(tx, caller, listId);
  if (!version) throw new AppError("not_found", "list_not_found");
  return version;
}

/** What has changed from one version to another of the same store. Throws `not_found`. */
export async function diffVersions(
  tx: Tx,
  caller: Caller,
  { from, to }: { from: string; to: string },
): Promise<{ from: ShownVersion; to: ShownVersion; diff: ListDiff }> {
  const one = await readableVersion(tx, caller, from);
  const other = await readableVersion(tx, caller, to);
  if (one.storeId !== other.storeId) throw new AppError("not_found", "list_not_found");
  const [before, after] = [await offersOfVersion(tx, from), await offersOfVersion(tx, to)];
  return { from: one, to: other, diff: diffOf(before, after) };
}
