"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { rememberPreference } from "@/components/preference-cookie";
import { type Locale, localeCookie } from "@/lib/i18n/locales";

/** A browser that has never chosen a language takes that of the person who has logged in. */
export function AdoptLocale({ locale }: { locale: Locale }) {
  const router = useRouter();
  useEffect(() => {
    rememberPreference(localeCookie, locale);
    router.refresh();
  }, [locale, router]);
  return null;
}
