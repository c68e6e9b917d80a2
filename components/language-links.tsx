"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useTransition } from "react";
import { type Locale, localeCookie, localeNames, locales } from "@/lib/i18n/locales";
import { rememberPreference } from "./preference-cookie";
import { cn } from "./ui/class-names";

/** Choosing a language before anybody has logged in. */
export function LanguageLinks() {
  const current = useLocale();
  const router = useRouter();
  const [, startTransition] = useTransition();
  const choose = (locale: Locale) => {
    rememberPreference(localeCookie, locale);
    startTransition(() => router.refresh());
  };
  return (
    <ul className="flex gap-1">
      {locales.map((locale) => (
        <li key={locale}>
          <button
            type="button"
            lang={locale}
            aria-pressed={locale === current}
            onClick={() => choose(locale)}
            className={cn(
              "rounded-md px-2 py-1.5 text-ink-faint text-sm hover:text-ink pointer-coarse:py-2.5",
              locale === current && "font-medium text-ink",
            )}
          >
            {localeNames[locale]}
          </button>
        </li>
      ))}
    </ul>
  );
}
