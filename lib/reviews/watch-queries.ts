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
  return tx.$count(
    reviewWatches,
    and(eq(reviewWatches.userId, userId), eq(reviewWatches.isWatched, true)),
  );
}

type Watched = { userId: string; sourceId: string };
const isIt = ({ userId, sourceId }: Watched) =>
  and(eq(reviewWatches.userId, userId), eq(reviewWatches.sourceId, sourceId));

/** Whether the person watches a card they have asked about, and the reading of theirs that is under way. */
export async function watchOf(
  tx: Tx,
  watched: Watched,
): Promise<{ runId: string | null; isWatched: boolean } | null> {
  const [row] = await tx
    .select({ runId: runs.id, isWatched: reviewWatches.isWatched })
    .from(reviewWatches)
    .leftJoin(
      runs,
      and(eq(runs.id, reviewWatches.runId), inArray(runs.status, ["queued", "running"])),
    )
    .where(isIt(watched));
  return row ?? null;
}

type Followed = Watched & {
  isWatched: boolean;
  /** Their reading that is under way. */
  under: string | null | undefined;
};

/** The person follows a reading of the card: their own that is under way, or a new one. */
export async function follow(
  tx: Tx,
  { under, ...watched }: Followed,
  now: Date,
): Promise<{ runId: string; isNew: boolean }> {
  const runId = under ?? (await newRun(tx, watched.userId));
  const asked = { askedAt: now, runId, isWatched: watched.isWatched };
  await tx
    .insert(reviewWatches)
    .values({ ...watched, ...asked })
    .onConflictDoUpdate({
      target: [reviewWatches.userId, reviewWatches.sourceId],
      set: asked,
    });
  return { runId, isNew: !under };
}

async function newRun(tx: Tx, userId: string): Promise<string> {
  const [run] = await tx
    .insert(runs)
    .values({ kind: "reviews", userId })
    .returning({ id: runs.id });
  if (!run) throw new Error("insert into runs returned nothing");
  return run.id;
}

/** Answers whether there was anything to leave. */
export async function leave(tx: Tx, watched: Watched): Promise<boolean> {
  const left = await tx
    .delete(reviewWatches)
    .where(and(isIt(watched), eq(reviewWatches.isWatched, true)))
    .returning({ sourceId: reviewWatches.sourceId });
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
    .where(and(eq(reviewWatches.userId, userId), eq(reviewWatches.isWatched, true)))
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
