import { askCabinet } from "@/lib/accounts/ask-cabinet";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { listPickupPoints } from "@/lib/kaspi/pickup-points";
import { savePoints } from "./claim-queries";
import { writableStore } from "./queries";

/** Reads the store's points anew. The main city stays what it is. Throws as `askCabinet`. */
export async function refreshPoints(
  access: KaspiAccess,
  caller: Caller,
  storeId: string,
  signal?: AbortSignal,
): Promise<void> {
  const { accountId, merchantId } = await writableStore(access.db, caller, storeId);
  if (accountId === null) throw new AppError("needs_reauth");
  const cities = await askCabinet(
    access,
    { accountId, channel: { name: "points", of: storeId } },
    (cabinet) => listPickupPoints(cabinet, merchantId),
    signal,
  );
  const points = cities.reduce((sum, city) => sum + city.points.length, 0);
  await access.db.transaction(async (tx) => {
    await savePoints(tx, storeId, cities);
    await audit(tx, {
      at: access.clock(),
      userId: caller.id,
      storeId,
      action: "store.points_read",
      details: { cities: cities.length, points },
    });
  });
}
