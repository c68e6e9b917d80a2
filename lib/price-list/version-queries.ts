import { and, desc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { priceLists } from "@/lib/db/schema/price-lists";
import { decisions } from "@/lib/db/schema/repricing";
import { users } from "@/lib/db/schema/workspace";
import { waitsInFeed } from "@/lib/repricing/send/feed-queries";
import type { ListFinding } from "./model";

type Row = typeof priceLists.$inferSelect;
const { xml: _, findings: __, ...summary } = getTableColumns(priceLists);

/** A version without what it says. */
export type ListVersion = Omit<Row, "xml" | "findings">;

export type NewVersion = Omit<Row, "id" | "number" | "checkedAt">;

/** The newest version of a store. */
export async function newestVersion(tx: Tx, storeId: string): Promise<ListVersion | null> {
  const [row] = await tx
    .select(summary)
    .from(priceLists)
    .where(eq(priceLists.storeId, storeId))
    .orderBy(desc(priceLists.number))
    .limit(1);
  return row ?? null;
}

/**
 * Keeps a version as the store's next one, or, where the newest says the same, that it still holds. Call it
 * under the store's lock for lists.
 */
export async function keepVersion(tx: Tx, version: NewVersion): Promise<ListVersion> {
  const newest = await newestVersion(tx, version.storeId);
  const checkedAt = version.madeAt;
  const isSame = newest?.hash === version.hash && newest.errors === version.errors;
  if (newest && isSame) {
    await tx.update(priceLists).set({ checkedAt }).where(eq(priceLists.id, newest.id));
    return { ...newest, checkedAt };
  }
  const [kept] = await tx
    .insert(priceLists)
    .values({ ...version, number: (newest?.number ?? 0) + 1, checkedAt })
    .returning(summary);
  if (!kept) throw new Error("insert into price_lists returned nothing");
  return kept;
}

/** These prices wait in this version from now on. Answers how many of them still do. */
export async function listPrices(
  tx: Tx,
  decisionIds: readonly string[],
  listId: string,
  now: Date,
): Promise<number> {
  if (decisionIds.length === 0) return 0;
  const listed = await tx
    .update(decisions)
    .set({ listId, listedAt: sql`coalesce(${decisions.listedAt}, ${now.toISOString()})` })
    .where(and(inArray(decisions.id, [...decisionIds]), waitsInFeed))
    .returning({ id: decisions.id });
  return listed.length;
}

export type VersionContent = { xml: Buffer; findings: ListFinding[] };

/** What a version of a store says, packed. For whoever has found the version. */
export async function versionContent(tx: Tx, listId: string): Promise<VersionContent> {
  const [row] = await tx
    .select({ xml: priceLists.xml, findings: priceLists.findings })
    .from(priceLists)
    .where(eq(priceLists.id, listId));
  if (!row) throw new Error(`price list ${listId} is gone`);
  return { xml: row.xml, findings: row.findings as ListFinding[] };
}

/** How many errors keep the version that is served from leaving; none where none is chosen yet. */
export async function servedErrors(tx: Tx, listId: string | null): Promise<number> {
  if (listId === null) return 0;
  const [row] = await tx
    .select({ errors: priceLists.errors })
    .from(priceLists)
    .where(eq(priceLists.id, listId));
  return row?.errors ?? 0;
}

/** How many bytes of it leave, as packed. */
export async function packedBytes(tx: Tx, listId: string): Promise<number | null> {
  const [row] = await tx
    .select({ bytes: sql<number>`octet_length(${priceLists.xml})` })
    .from(priceLists)
    .where(eq(priceLists.id, listId));
  return row?.bytes ?? null;
}

export type ShownVersion = ListVersion & { maker: string | null; storeName: string };

const shown = { ...summary, maker: users.name, storeName: stores.name };

const versionsSeenBy = (tx: Tx) =>
  tx
    .select(shown)
    .from(priceLists)
    .innerJoin(stores, eq(stores.id, priceLists.storeId))
    .leftJoin(users, eq(users.id, priceLists.madeBy));

const VERSIONS_SHOWN = 50;

/** The newest versions of a store that the caller may see. */
export function listVersions(tx: Tx, caller: Caller, storeId: string): Promise<ShownVersion[]> {
  return versionsSeenBy(tx)
    .where(and(eq(priceLists.storeId, storeId), mayRead(caller, "view_product")))
    .orderBy(desc(priceLists.number))
    .limit(VERSIONS_SHOWN);
}

/** A version that the caller may see. */
export async function findVersion(
  tx: Tx,
  caller: Caller,
  listId: string,
): Promise<ShownVersion | null> {
  const [row] = await versionsSeenBy(tx).where(
    and(eq(priceLists.id, listId), mayRead(caller, "view_product")),
  );
  return row ?? null;
}
