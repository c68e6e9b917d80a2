import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { openRun } from "@/lib/runs/queries";
import { takeQuestion } from "./pages-allowed";
import { shopToRead } from "./shop-queries";
import { holdNext, sourceOf } from "./source-queries";

/**
 * A person wants the reviews of a store's shop read now. Throws `not_found`, `forbidden`, `official_only`,
 * `conflict` for a store on pause, `needs_reauth` for one whose shop nobody has logged in to, `rate_limited`.
 */
export async function askForShop(
  db: Db,
  caller: Caller,
  storeId: string,
  now: Date,
): Promise<{ runId: string }> {
  const store = await shopToRead(db, caller, storeId);
  if (store.officialOnly) throw new AppError("official_only");
  if (!store.isActive) throw new AppError("conflict", "store_paused");
  if (store.claimedAt === null) throw new AppError("needs_reauth");
  await takeQuestion(db, caller.id, now);
  return db.transaction(async (tx) => {
    const run = await openRun(tx, { kind: "reviews", storeId, userId: caller.id });
    if (!run.isNew) return { runId: run.id };
    const source = await sourceOf(tx, "shop", store.merchantId);
    await holdNext(tx, source.id, now);
    await emit(tx, [
      events.reviewsRequested.create({ sourceId: source.id, storeId, runId: run.id }),
    ]);
    const entry = { action: "reviews.shop_asked", storeId, subjectId: run.id } as const;
    await audit(tx, { at: now, userId: caller.id, ...entry });
    return { runId: run.id };
  });
}
