"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { diagnoseStore } from "@/lib/stores/diagnose/diagnose-store";
import { diagnoseSchema } from "@/lib/stores/diagnose/model";
import { stepLine } from "@/lib/stores/diagnose/step-text";
import { officialOnlySchema, setStoreOfficialOnly } from "@/lib/stores/official-only-queries";

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

export const setOfficialOnly = action(officialOnlySchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setStoreOfficialOnly(db, caller, input, clock());
  revalidatePath("/", "layout");
});
