import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { readableVersion } from "./read-version";
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

/** The version, once it is written down that this person takes it. */
export async function takenVersion(
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
