"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { type Locale, localeCookie } from "@/lib/i18n/locales";
import { rememberPreference } from "./preference-cookie";

/** Speaks another language at once; `save` keeps it for mails and messages too. */
export function useChooseLocale(save: (input: { locale: Locale }) => Promise<unknown>) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  return (next: Locale) => {
    rememberPreference(localeCookie, next);
    startTransition(async () => {
      await save({ locale: next }).catch(() => null);
      router.refresh();
    });
  };
}
