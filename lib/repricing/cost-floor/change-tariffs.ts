import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { mostTariffs } from "@/lib/costs/model";
import {
  countTariffs,
  deleteTariff,
  lockTariff,
  lockTariffs,
  type NewTariff,
  putTariffs,
  tariffKey,
} from "@/lib/costs/tariff-queries";
import type { Db, Tx } from "@/lib/db/client";
import { writableStore } from "@/lib/stores/queries";
import { requestFloors } from "./recompute-floors";

/**
 * Sets tariffs of a store, or with `null` of the whole installation, and has every floor they touch
 * computed anew. Returns the run, or null when there is nothing to compute. Throws `conflict` when there
 * would be too many of a kind.
 */
export async function setTariffs(
  db: Db,
  caller: Caller,
  { storeId, tariffs }: { storeId: string | null; tariffs: readonly NewTariff[] },
  now: Date,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    await requireSay(tx, caller, storeId);
    await lockTariffs(tx, storeId);
    const list = lastOfEach(tariffs);
    const replaced = await putTariffs(tx, { storeId, setAt: now, setBy: caller.id }, list);
    await requireRoom(tx, storeId);
    await audit(
      tx,
      ...list.map(({ kind, category, validFrom, value }, nth) => ({
        at: now,
        userId: caller.id,
        storeId,
        action: "tariff.set" as const,
        details: { kind, category, validFrom, before: replaced[nth], after: value },
      })),
    );
    return (await requestFloors(tx, { storeId, userId: caller.id }, now)).runId;
  });
}

/** What is said twice is said by the last. */
const lastOfEach = (tariffs: readonly NewTariff[]) => [
  ...new Map(tariffs.map((tariff) => [tariffKey(tariff), tariff])).values(),
];

async function requireRoom(tx: Tx, storeId: string | null): Promise<void> {
  for (const { kind, count } of await countTariffs(tx, storeId)) {
    const most = mostTariffs[kind];
    if (count > most) throw new AppError("conflict", "too_many_tariffs", { params: { most } });
  }
}

/** Takes a tariff away: the one before it counts again. */
export async function removeTariff(
  db: Db,
  caller: Caller,
  tariffId: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const tariff = await lockTariff(tx, tariffId);
    if (!tariff) throw new AppError("not_found", "tariff_not_found");
    const { storeId, kind, category, validFrom, value } = tariff;
    await requireSay(tx, caller, storeId);
    await deleteTariff(tx, tariffId);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      action: "tariff.removed",
      details: { kind, category, validFrom, before: value },
    });
    await requestFloors(tx, { storeId, userId: caller.id }, now);
  });
}

/** A store's tariffs are its own matter, the office's are everybody's. */
async function requireSay(tx: Tx, caller: Caller, storeId: string | null): Promise<void> {
  if (storeId === null) requirePermission(caller, "change_settings");
  else await writableStore(tx, caller, storeId, "change_price");
}
