import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { besideClock } from "@/lib/tasks/clock-queries";
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
    // The clock of deadlines reads how long before each is told of.
    await besideClock(tx);
    const now = clock();
    const details = { from: await settingsOf(tx, caller.id), to: chosen };
    await saveSettings(tx, caller.id, chosen, now);
    const action = "telegram.settings_changed";
    await audit(tx, { at: now, userId: caller.id, subjectId: caller.id, action, details });
  });
}
