import { and, desc, eq, inArray } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { priceLists, priceListUploads } from "@/lib/db/schema/price-lists";
import { runs } from "@/lib/db/schema/workspace";

export type Upload = typeof priceListUploads.$inferSelect;

export async function insertUpload(
  tx: Tx,
  upload: Pick<Upload, "id" | "storeId" | "userId" | "createdAt">,
): Promise<void> {
  await tx.insert(priceListUploads).values(upload).onConflictDoNothing();
}

export async function uploadById(tx: Tx, id: string): Promise<Upload> {
  const [upload] = await tx.select().from(priceListUploads).where(eq(priceListUploads.id, id));
  if (!upload) throw new Error(`no upload ${id}`);
  return upload;
}

/** Moves an upload on, unless it is over. Answers whether it did. */
export async function moveUpload(
  tx: Tx,
  id: string,
  to: Partial<Omit<Upload, "id" | "storeId">>,
): Promise<boolean> {
  const moved = await tx
    .update(priceListUploads)
    .set(to)
    .where(
      and(
        eq(priceListUploads.id, id),
        inArray(priceListUploads.state, ["waiting", "making", "sending", "processing"]),
      ),
    )
    .returning({ id: priceListUploads.id });
  return moved.length > 0;
}

/** The same for one whose list is still made: nothing of it has left. */
export async function moveMaking(
  tx: Tx,
  id: string,
  to: Partial<Omit<Upload, "id" | "storeId">>,
): Promise<void> {
  await tx
    .update(priceListUploads)
    .set(to)
    .where(and(eq(priceListUploads.id, id), eq(priceListUploads.state, "making")));
}

const UPLOADS_SHOWN = 10;

/** The last files of a store that the caller may see, the newest first. */
export function latestUploads(tx: Tx, caller: Caller, storeId: string) {
  return tx
    .select({ upload: priceListUploads, run: runs, number: priceLists.number })
    .from(priceListUploads)
    .innerJoin(runs, eq(runs.id, priceListUploads.id))
    .innerJoin(stores, eq(stores.id, priceListUploads.storeId))
    .leftJoin(priceLists, eq(priceLists.id, priceListUploads.listId))
    .where(and(eq(priceListUploads.storeId, storeId), mayRead(caller, "view_product")))
    .orderBy(desc(priceListUploads.createdAt), desc(priceListUploads.id))
    .limit(UPLOADS_SHOWN);
}

export type ShownUpload = Awaited<ReturnType<typeof latestUploads>>[number];
