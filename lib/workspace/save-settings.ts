import { isDeepStrictEqual } from "node:util";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import type { Settings } from "./model";
import { knowsZone, lockWorkspace, rescheduleSyncs, updateSettings } from "./settings-queries";

/**
 * Changes settings of the installation. For `change_settings`. What did not change leaves no trace. Throws
 * `invalid` at the field for a time zone the database does not know.
 */
export async function saveSettings(
  db: Db,
  caller: Caller,
  wanted: Partial<Settings>,
  now: Date,
): Promise<void> {
  requirePermission(caller, "change_settings");
  await db.transaction(async (tx) => {
    const before = await lockWorkspace(tx);
    const changed = Object.entries(wanted).filter(
      ([name, value]) => !isDeepStrictEqual(before[name as keyof Settings], value),
    );
    if (changed.length === 0) return;
    const set: Partial<Settings> = Object.fromEntries(changed);
    if (set.timeZone !== undefined && !(await knowsZone(tx, set.timeZone)))
      throw new AppError("invalid", "invalid", {
        details: [{ path: "timeZone", message: "time_zone" }],
      });
    await updateSettings(tx, set);
    if (set.syncEveryMinutes !== undefined) await rescheduleSyncs(tx, set.syncEveryMinutes);
    const from = Object.fromEntries(
      changed.map(([name]) => [name, before[name as keyof Settings]]),
    );
    const details = { from, to: set };
    await audit(tx, { at: now, userId: caller.id, action: "workspace.changed", details });
  });
}
