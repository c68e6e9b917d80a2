"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { forgetCounts } from "@/lib/products/counts-cache";
import { renameStore, setStoreNote, setStorePaused } from "@/lib/stores/change-queries";
import {
  chooseCitySchema,
  pauseSchema,
  renameSchema,
  storeCitiesSchema,
  storeIdSchema,
  storeNoteSchema,
} from "@/lib/stores/model";
import { refreshPoints } from "@/lib/stores/refresh-points";
import { setMainCity } from "@/lib/stores/set-main-city";
import { setStoreCities } from "@/lib/stores/set-store-cities";

export const rename = action(renameSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await renameStore(db, caller, input, clock());
  revalidatePath("/", "layout");
});

export const saveNote = action(storeNoteSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setStoreNote(db, caller, input, clock());
  revalidatePath(`/stores/${input.storeId}`);
});

export const pauseStore = action(pauseSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setStorePaused(db, caller, input, clock());
  revalidatePath("/", "layout");
});

export const chooseCity = action(chooseCitySchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setMainCity(db, caller, input, clock());
  revalidatePath("/", "layout");
});

export const savePricedCities = action(storeCitiesSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setStoreCities(db, caller, input, clock());
  forgetCounts(caller);
  revalidatePath("/", "layout");
});

export const readPoints = action(storeIdSchema, async (caller, { storeId }) => {
  try {
    await refreshPoints(kaspiAccess(), caller, storeId);
  } finally {
    // A read that found the session dead has changed the page too.
    revalidatePath("/", "layout");
  }
});
