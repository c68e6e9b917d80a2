import { isAppError } from "@/lib/core/errors";
import { db } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { ensureDirectExit } from "@/lib/exits/queries";
import { bindToKaspi } from "@/lib/workspace/queries";
import { migrate } from "./migrate";

/** Created, migrated and bound to the Kaspi it was first used with: what every start needs. */
export async function prepareDatabase({ DATABASE_URL, KASPI }: Env): Promise<void> {
  await migrate(DATABASE_URL);
  try {
    await bindToKaspi(db(), KASPI);
    await ensureDirectExit(db());
  } catch (error) {
    if (!isAppError(error, "conflict")) throw error;
    throw new Error(refusals[KASPI]);
  }
}

const refusals = {
  live: "Эта база создана для учебного Kaspi. Для настоящего нужна другая: задайте DATABASE_URL или DATA_DIR.",
  twin: "Эта база работает с настоящим Kaspi. Запустите с KASPI=live или задайте другой DATA_DIR.",
};
