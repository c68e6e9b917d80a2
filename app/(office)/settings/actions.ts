"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { personNameSchema } from "@/lib/auth/model";
import { changeOwnPassword, ownPasswordSchema, renameSelf } from "@/lib/auth/own-profile";
import { kaspiAccess } from "@/lib/exits/access";
import { addProxy, removeProxy, setExitPace, switchExit } from "@/lib/exits/manage-exits";
import { exitIdSchema, exitPaceSchema, exitSwitchSchema, newExitSchema } from "@/lib/exits/model";
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

export const addExit = action(newExitSchema, async (caller, exit) => {
  await addProxy(kaspiAccess(), caller, exit);
  revalidatePath("/settings");
});

export const paceExit = action(exitPaceSchema, async (caller, input) => {
  await setExitPace(kaspiAccess(), caller, input);
  revalidatePath("/settings");
});

export const turnExit = action(exitSwitchSchema, async (caller, input) => {
  await switchExit(kaspiAccess(), caller, input);
  revalidatePath("/", "layout");
});

export const removeExit = action(exitIdSchema, async (caller, { exitId }) => {
  await removeProxy(kaspiAccess(), caller, exitId);
  revalidatePath("/", "layout");
});
