import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { reviewSources, reviewWatches } from "@/lib/db/schema/reviews";
import { runs, users } from "@/lib/db/schema/workspace";

/** Nobody else counts what the person watches until the transaction ends. */
export async function lockWatcher(tx: Tx, userId: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
}

export async function countWatched(tx: Tx, userId: string): Promise<number> {
  return tx.$count(reviewWatches, eq(reviewWatches.userId, userId));
}

type Watched = { userId: string; sourceId: string };
const isIt = ({ userId, sourceId }: Watched) =>
  and(eq(reviewWatches.userId, userId), eq(reviewWatches.sourceId, sourceId));

/** Whether the person watches it, and the reading of theirs that is under way. */
export async function watchOf(tx: Tx, watched: Watched): Promise<{ runId: string | null } | null> {
  const [row] = await tx
    .select({ runId: runs.id })
    .from(reviewWatches)
    .leftJoin(
      runs,
      and(eq(runs.id, reviewWatches.runId), inArray(runs.status, ["queued", "running"])),
    )
    .where(isIt(watched));
  return row ?? null;
}

/** From now on the person watches the card; a reading of their own begins. Returns its id. */
export async function watch(tx: Tx, watched: Watched, now: Date): Promise<string> {
  const [run] = await tx
    .insert(runs)
    .values({ kind: "reviews", userId: watched.userId })
    .returning({ id: runs.id });
  if (!run) throw new Error("insert into runs returned nothing");
  await tx
    .insert(reviewWatches)
    .values({ ...watched, askedAt: now, runId: run.id })
    .onConflictDoUpdate({
      target: [reviewWatches.userId, reviewWatches.sourceId],
      set: { askedAt: now, runId: run.id },
    });
  return run.id;
}

/** Answers whether there was anything to leave. */
export async function leave(tx: Tx, watched: Watched): Promise<boolean> {
  const left = await tx.delete(reviewWatches).where(isIt(watched)).returning({
    sourceId: reviewWatches.sourceId,
  });
  return left.length > 0;
}

export type WatchedCard = {
  cardId: string;
  name: string | null;
  rating: number | null;
  total: number | null;
  lastReadAt: Date | null;
  errorKey: string | null;
  run: typeof runs.$inferSelect | null;
};

/** The cards the person watches, asked for last first. */
export async function watchedCards(tx: Tx, userId: string): Promise<WatchedCard[]> {
  return tx
    .select({
      cardId: reviewSources.code,
      name: reviewSources.name,
      rating: reviewSources.rating,
      total: reviewSources.total,
      lastReadAt: reviewSources.lastReadAt,
      errorKey: reviewSources.errorKey,
      run: runs,
    })
    .from(reviewWatches)
    .innerJoin(reviewSources, eq(reviewSources.id, reviewWatches.sourceId))
    .leftJoin(runs, eq(runs.id, reviewWatches.runId))
    .where(eq(reviewWatches.userId, userId))
    .orderBy(desc(reviewWatches.askedAt), desc(reviewSources.code));
}

/** What the caller's own goods on a card are called, and whether a store of theirs allows no shop window. */
export async function ownCard(
  tx: Tx,
  caller: Caller,
  cardId: string,
): Promise<{ name: string; imageUrl: string | null; officialOnly: boolean } | null> {
  const [row] = await tx
    .select({
      name: products.name,
      imageUrl: products.imageUrl,
      officialOnly: sql<boolean>`bool_and(${stores.officialOnly}) over ()`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(
      and(eq(products.cardId, cardId), isNull(stores.archivedAt), mayRead(caller, "view_product")),
    )
    .orderBy(products.id)
    .limit(1);
  return row ?? null;
}
