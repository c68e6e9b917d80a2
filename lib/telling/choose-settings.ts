import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { TellingAccess } from "./access";
import { saveSettings, settingsOf } from "./listener-queries";
import type { TellingSettings } from "./settings-model";

/** What the caller wants to hear in Telegram from now on, and when. */
export async function chooseSettings(
  { db, clock }: Pick<TellingAccess, "db" | "clock">,
  caller: Caller,
  chosen: TellingSettings,
): Promise<void> {
  await db.transaction(async (tx) => {
    const details = { from: await settingsOf(tx, caller.id), to: chosen };
    await saveSettings(tx, caller.id, chosen);
    const action = "telegram.settings_changed";
    await audit(tx, { at: clock(), userId: caller.id, subjectId: caller.id, action, details });
  });
}
