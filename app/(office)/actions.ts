"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { setLocale } from "@/lib/auth/own-profile";
import { kaspiAccess } from "@/lib/exits/access";
import { locales } from "@/lib/i18n/locales";
import { dismissNotice } from "@/lib/notices/queries";
import { setSendingStopped } from "@/lib/workspace/queries";

export const chooseLocale = action(
  z.object({ locale: z.enum(locales) }),
  async (caller, { locale }) => {
    const { db, clock } = kaspiAccess();
    await setLocale(db, caller, locale, clock());
  },
);

export const stopAllSending = action(
  z.object({ stopped: z.boolean() }),
  async (caller, { stopped }) => {
    const { db, clock } = kaspiAccess();
    await setSendingStopped(db, caller, stopped, clock());
    revalidatePath("/", "layout");
  },
);

export const dismiss = action(z.object({ noticeId: z.uuid() }), async (caller, { noticeId }) => {
  const { db, clock } = kaspiAccess();
  await dismissNotice(db, caller, noticeId, clock());
  revalidatePath("/", "layout");
});
