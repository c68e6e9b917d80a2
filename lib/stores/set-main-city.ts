import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { resolveNotice } from "@/lib/notices/queries";
import { openRun } from "@/lib/runs/queries";
import { haveActivePoints, moveToCity } from "./main-city-queries";
import type { ChooseCity } from "./model";
import { writableStore } from "./queries";

/**
 * Makes another city the one whose price is the store's price. Prices of the new city are read by a
 * sync at once; until then nothing is decided. Throws `conflict` while a sync of the old city is
 * under way, `invalid` for a city without a working point.
 */
export async function setMainCity(
  db: Db,
  caller: Caller,
  { storeId, cityId }: ChooseCity,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId);
    if (!(await haveActivePoints(tx, storeId, [cityId])))
      throw new AppError("invalid", "city_without_points");
    await resolveNotice(tx, "main_city_guessed", storeId, now);
    if (store.mainCityId !== cityId) {
      await moveToCity(tx, storeId, cityId, now);
      if (store.isActive) {
        const run = await openRun(tx, { kind: "sync", storeId, userId: caller.id });
        if (!run.isNew) throw new AppError("conflict", "sync_under_way");
        await emit(tx, [events.syncRequested.create({ storeId, runId: run.id })]);
      }
    }
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      action: "store.main_city_chosen",
      details: { from: store.mainCityId, to: cityId },
    });
  });
}
