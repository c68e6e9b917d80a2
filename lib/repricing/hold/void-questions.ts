import type { Db } from "@/lib/db/client";
import { resolveNotice } from "@/lib/notices/queries";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { liftEmptyHold } from "./hold-queries";
import { expireVoid, storesWithVoid } from "./question-queries";

/**
 * Ends what waits for a person, frozen or held, once there is nothing to answer: the product is gone, its
 * bot is off or its city no longer priced; and whatever has waited thirty days, as in a shop on pause. A
 * bot that comes on again asks again. Nothing of it is sent. Returns how many there were.
 */
export async function endVoidQuestions(db: Db, now: Date): Promise<number> {
  let ended = 0;
  for (const storeId of await storesWithVoid(db, now))
    ended += await db.transaction(async (tx) => {
      await lockLedger(tx, storeId);
      const count = await expireVoid(tx, storeId, now);
      if (await liftEmptyHold(tx, storeId, now))
        await resolveNotice(tx, "prices_held", storeId, now);
      return count;
    });
  return ended;
}
