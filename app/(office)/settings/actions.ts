"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { personNameSchema } from "@/lib/auth/model";
import { changeOwnPassword, ownPasswordSchema, renameSelf } from "@/lib/auth/own-profile";
import { kaspiAccess } from "@/lib/exits/access";
import { ownStoresSchema, paceSchema, scheduleSchema } from "@/lib/workspace/model";
import { saveSettings } from "@/lib/workspace/save-settings";

export const saveName = action(z.object({ name: personNameSchema }), async (caller, { name }) => {
  const { db, clock } = kaspiAccess();
  await renameSelf(db, caller, name, clock());
  revalidatePath("/", "layout");
});

/** Ends every session of the caller, so the page is not read again here: it logs in anew first. */
export const savePassword = action(ownPasswordSchema, async (caller, passwords) => {
  const { db, clock } = kaspiAccess();
  await changeOwnPassword(db, caller, passwords, clock());
});

export const saveSchedule = action(scheduleSchema, async (caller, schedule) => {
  const { db, clock } = kaspiAccess();
  await saveSettings(db, caller, schedule, clock());
  revalidatePath("/", "layout");
});

export const savePace = action(paceSchema, async (caller, pace) => {
  const { db, clock } = kaspiAccess();
  await saveSettings(db, caller, pace, clock());
  revalidatePath("/settings");
});

export const saveOwnStores = action(ownStoresSchema, async (caller, policy) => {
  const { db, clock } = kaspiAccess();
  await saveSettings(db, caller, policy, clock());
  revalidatePath("/settings");
});
