"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { historyForm } from "@/lib/orders/form-model";
import { setHistoryDays } from "@/lib/orders/history-queries";
import { forgetCounts } from "@/lib/products/counts-cache";
import { renameStore, setStoreNote } from "@/lib/stores/change-queries";
import { diagnoseStore } from "@/lib/stores/diagnose/diagnose-store";
import { diagnoseSchema } from "@/lib/stores/diagnose/model";
import { stepLine } from "@/lib/stores/diagnose/step-text";
import {
  chooseCitySchema,
  pauseSchema,
  renameSchema,
  storeCitiesSchema,
  storeIdSchema,
  storeNoteSchema,
  storeTokenSchema,
} from "@/lib/stores/model";
import { officialOnlySchema, setStoreOfficialOnly } from "@/lib/stores/official-only";
import { refreshPoints } from "@/lib/stores/refresh-points";
import { setStorePaused } from "@/lib/stores/rest-queries";
import { saveToken } from "@/lib/stores/save-token";
import { setMainCity } from "@/lib/stores/set-main-city";
import { setStoreCities } from "@/lib/stores/set-store-cities";
import { shareSchema, unshareSchema } from "@/lib/stores/share-model";
import { shareStore, unshareStore } from "@/lib/stores/share-store";
import { setToken } from "@/lib/stores/token-queries";

export const rename = action(renameSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await renameStore(db, caller, input, clock());
  revalidatePath("/", "layout");
});

export const share = action(shareSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await shareStore(db, caller, input, clock());
  revalidatePath(`/stores/${input.storeId}`);
});

export const unshare = action(unshareSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await unshareStore(db, caller, input, clock());
  revalidatePath(`/stores/${input.storeId}`);
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

export const keepToken = action(storeTokenSchema, async (caller, input) => {
  await saveToken(kaspiAccess(), caller, input);
  revalidatePath(`/stores/${input.storeId}`);
});

export const forgetToken = action(storeIdSchema, async (caller, { storeId }) => {
  const { db, clock } = kaspiAccess();
  await setToken(db, caller, storeId, null, clock());
  revalidatePath(`/stores/${storeId}`);
});

export const checkConnection = action(diagnoseSchema, async (caller, { storeId }) => {
  try {
    const { steps } = await diagnoseStore(kaspiAccess(), caller, storeId);
    const t = translator(caller.locale);
    return steps.map((step) => stepLine(t, caller.locale, step));
  } finally {
    // A session may have been found dead, or alive again.
    revalidatePath("/", "layout");
  }
});

export const setOrderHistory = action(historyForm, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setHistoryDays(db, caller, input, clock());
  revalidatePath("/stores", "layout");
});

export const setOfficialOnly = action(officialOnlySchema, async (caller, input) => {
  await setStoreOfficialOnly(kaspiAccess(), caller, input);
  revalidatePath("/", "layout");
});
