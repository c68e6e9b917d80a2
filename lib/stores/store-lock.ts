import { inTurns } from "@/lib/core/in-turns";
import { database } from "@/lib/db/client";

/** What of a store's work excludes itself: the market, sending prices, making its list, changing orders. */
const purposes = { check: 1, publish: 2, list: 3, order: 4 } as const;

/** Whoever waits for this process itself holds no connection meanwhile: others need them. */
const own = inTurns("store-lock", { most: 1 });

/**
 * Runs `work` while no other process does the same for the store; waits for its turn. The lock is
 * Postgres's own and ends with its connection, so a killed process leaves nothing behind. Keep the
 * work short, and take no second lock inside.
 */
export async function withStoreLock<T>(
  storeId: string,
  purpose: keyof typeof purposes,
  work: () => Promise<T>,
): Promise<T> {
  return own(`${purpose} ${storeId}`, async () => {
    const { locks } = database();
    // A box, because the driver would unwrap arrays of promises in a bare result.
    const { result } = await locks.begin(async (lock) => {
      await lock`select pg_advisory_xact_lock(hashtext(${storeId}), ${purposes[purpose]})`;
      return { result: await work() };
    });
    return result;
  });
}
