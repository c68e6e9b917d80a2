import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { requireReviews } from "./access";
import { takeQuestion } from "./pages-allowed";
import { findCardSource, holdNext, sourceOf } from "./source-queries";
import { countWatched, follow, leave, lockWatcher, ownCard, watchOf } from "./watch-queries";

/** Each is read again every day. */
export const MOST_WATCHED = 100;

type Asked = {
  cardId: string;
  /** Whether it is read every day from then on; left out: as it was. */
  watch?: boolean | undefined;
};

/**
 * A person wants to know what buyers say about a card: it is read now. A reading of theirs that is under way is
 * joined. Throws `forbidden`, `rate_limited`, `conflict` for more than a hundred cards that are read every
 * day, `official_only` for a card of a store that allows no shop window.
 */
export async function askForCard(
  db: Db,
  caller: Caller,
  { cardId, watch }: Asked,
  now: Date,
): Promise<{ runId: string }> {
  requireReviews(caller);
  if ((await ownCard(db, caller, cardId))?.officialOnly) throw new AppError("official_only");
  await takeQuestion(db, caller.id, now);
  return db.transaction(async (tx) => {
    await lockWatcher(tx, caller.id);
    const source = await sourceOf(tx, "card", cardId);
    const asked = { userId: caller.id, sourceId: source.id };
    const before = await watchOf(tx, asked);
    const wasWatched = before?.isWatched ?? false;
    const isWatched = watch ?? wasWatched;
    if (isWatched && !wasWatched && (await countWatched(tx, caller.id)) >= MOST_WATCHED)
      throw new AppError("conflict", "too_many_cards", { params: { most: MOST_WATCHED } });
    const { runId, isNew } = await follow(tx, { ...asked, isWatched, under: before?.runId }, now);
    if (!isNew) return { runId };
    await holdNext(tx, source.id, now);
    const order = { sourceId: source.id, storeId: null, runId };
    await emit(tx, [events.reviewsRequested.create(order)]);
    const entry = { action: "reviews.card_asked", subjectId: cardId } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
    return { runId };
  });
}

/** The card is not read for the person any more; what was read of it stays for a while. */
export async function leaveCard(db: Db, caller: Caller, cardId: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const source = await findCardSource(tx, cardId);
    const isLeft = source && (await leave(tx, { userId: caller.id, sourceId: source.id }));
    if (!isLeft) throw new AppError("not_found", "card_not_watched");
    const entry = { action: "reviews.card_left", subjectId: cardId } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
  });
}
