import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { AppError, isAppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { finishRun, openRun, reportProgress, startRun } from "@/lib/runs/queries";
import { writableStore } from "@/lib/stores/queries";
import { goodsOnSale, pricesWanted } from "./goods-queries";
import { offersOfVersion, readableVersion } from "./read-version";
import { type Back, backOf } from "./rollback-rules";

/**
 * Asks for the prices of a version to be put back, each as a person's price: through the same limits, gate
 * and budget; their bots stand still until a person lets them go on. Points, pieces and days are facts of
 * today and stay. Returns the run. Throws `not_found`, `forbidden`.
 */
export function requestRollback(
  db: Db,
  caller: Caller,
  listId: string,
  now: Date,
): Promise<string> {
  return db.transaction(async (tx) => {
    const version = await readableVersion(tx, caller, listId);
    const { storeId, number } = version;
    await writableStore(tx, caller, storeId, "change_price");
    const run = await openRun(tx, { kind: "rollback", storeId, userId: caller.id });
    if (!run.isNew) throw new AppError("conflict", "rollback_running");
    await audit(tx, {
      ...{ at: now, userId: caller.id, storeId, subjectId: listId },
      ...{ action: "list.rollback_requested", details: { number } },
    });
    const asked = { storeId, runId: run.id, listId, userId: caller.id };
    await emit(tx, [events.listRollbackRequested.create(asked)]);
    return run.id;
  });
}

/** Does what was asked for; begun again, it finds what is done already as it should be. */
export async function rollBack(
  { db, clock }: Pick<KaspiAccess, "db" | "clock">,
  asked: { storeId: string; runId: string; listId: string; userId: string },
  signal?: AbortSignal,
): Promise<void> {
  const caller = await findActiveUser(db, asked.userId);
  if (!caller) throw new AppError("forbidden");
  await startRun(db, asked.runId, clock());
  const offers = await offersOfVersion(db, asked.listId);
  const back: Back[] = [];
  for await (const batch of goodsOnSale(db, asked.storeId))
    back.push(...batch.flatMap((goods) => backOf(goods, offers.get(goods.sku))));
  const wanted = await pricesWanted(db, asked.storeId);
  const counts = { changed: 0, skipped: 0 };
  for (const [nth, one] of back.entries()) {
    signal?.throwIfAborted();
    const isSet = isWanted(wanted, one) || (await putBack(db, caller, one, clock()));
    counts[isSet ? "changed" : "skipped"] += 1;
    if (nth % 20 === 0)
      await reportProgress(db, asked.runId, { done: nth, total: back.length, counts });
  }
  await reportProgress(db, asked.runId, { done: back.length, total: back.length, counts });
  await finishRun(db, asked.runId, counts, clock());
}

/** Asked for already, by this run before it was interrupted, or by somebody. */
const isWanted = (wanted: readonly Omit<Back, "now">[], { productId, cityId, price }: Back) =>
  wanted.some(
    (one) =>
      one.productId === productId &&
      one.price === price &&
      (cityId === undefined || one.cityId === cityId),
  );

/** Answers whether it may be set: outside its limits, or in a city that is not priced here, it may not. */
async function putBack(
  db: Db,
  caller: Caller,
  { productId, cityId, price }: Back,
  now: Date,
): Promise<boolean> {
  try {
    await setPriceByHand(db, caller, productId, { price, cityId, hold: true, confirm: true }, now);
    return true;
  } catch (error) {
    if (isAppError(error, "invalid", "not_found", "forbidden", "conflict")) return false;
    throw error;
  }
}
