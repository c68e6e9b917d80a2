"use server";

import { z } from "zod";
import { action } from "@/lib/auth/action";
import { setLocale } from "@/lib/auth/users";
import { kaspiAccess } from "@/lib/exits/access";
import { locales } from "@/lib/i18n/locales";

export const chooseLocale = action(z.object({ locale: z.enum(locales) }), (caller, { locale }) =>
  setLocale(kaspiAccess().db, caller.id, locale),
);
