import { cookies, headers } from "next/headers";
import { askedLocale } from "@/lib/i18n/asked-locale";
import { isLocale, type Locale, localeCookie } from "@/lib/i18n/locales";

/** Whoever reads this has most likely never been here: their browser knows what they speak. */
export async function readerLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(localeCookie)?.value;
  return isLocale(chosen) ? chosen : askedLocale((await headers()).get("accept-language"));
}
