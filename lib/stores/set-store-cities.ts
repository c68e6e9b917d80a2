import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { haveActivePoints, setPricedBesides } from "./main-city-queries";
import type { StoreCities } from "./model";
import { writableStore } from "./queries";

/**
 * Chooses the cities whose prices are kept besides the main one's. Products that choose their own cities,
 * or have one price everywhere, stay as they are. Throws `invalid` for a city without a working point.
 */
export async function setStoreCities(
  db: Db,
  caller: Caller,
  { storeId, cityIds }: StoreCities,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId, "change_rule");
    const besides = [...new Set(cityIds)].filter((cityId) => cityId !== store.mainCityId).sort();
    const before = store.pricedCities ?? [];
    if (besides.join() === before.join()) return;
    const added = besides.filter((cityId) => !before.includes(cityId));
    if (!(await haveActivePoints(tx, storeId, added)))
      throw new AppError("invalid", "city_without_points");
    await setPricedBesides(tx, storeId, besides, now);
    await emit(tx, [events.repriceRequested.create({ storeId })]);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      action: "store.cities_chosen",
      details: { from: before, to: besides },
    });
  });
}
