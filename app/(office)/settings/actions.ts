"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { changeOwnPassword, ownPasswordSchema } from "@/lib/auth/own-password";
import { profileSchema, saveProfile, signOutEverywhere } from "@/lib/auth/own-profile";
import { requireOwner } from "@/lib/auth/permissions";
import { kaspiAccess } from "@/lib/exits/access";
import {
  mailSchema,
  ownStoresSchema,
  paceSchema,
  reviewsSchema,
  scheduleSchema,
} from "@/lib/workspace/model";
import { saveSettings } from "@/lib/workspace/save-settings";

export const saveOwnProfile = action(profileSchema, async (caller, profile) => {
  const { db, clock } = kaspiAccess();
  await saveProfile(db, caller, profile, clock());
  revalidatePath("/", "layout");
});

/** Ends every session of the caller, so the page is not read again here: it logs in anew first. */
export const savePassword = action(ownPasswordSchema, async (caller, passwords) => {
  const { db, clock } = kaspiAccess();
  await changeOwnPassword(db, caller, passwords, clock());
});

/** The browser goes to the login page: what it shows is nobody's any more. */
export const endOwnSessions = action(z.object({}), async (caller) => {
  const { db, clock } = kaspiAccess();
  await signOutEverywhere(db, caller, clock());
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

export const saveReviews = action(reviewsSchema, async (caller, reviews) => {
  const { db, clock } = kaspiAccess();
  await saveSettings(db, caller, reviews, clock());
  revalidatePath("/reviews", "layout");
});

export const saveMail = action(mailSchema, async (caller, mail) => {
  const { db, clock } = kaspiAccess();
  await saveSettings(db, caller, mail, clock());
  revalidatePath("/settings");
});

/** An owner's alone: others may not see all the stores whose order it is. */
export const saveOwnStores = action(ownStoresSchema, async (caller, policy) => {
  requireOwner(caller);
  const { db, clock } = kaspiAccess();
  await saveSettings(db, caller, policy, clock());
  revalidatePath("/settings");
});
