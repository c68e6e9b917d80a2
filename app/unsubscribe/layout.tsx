import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { LanguageLinks } from "@/components/language-links";
import { Mark } from "@/components/mark";
import { readerLocale } from "./reader-locale";

export default async function UnsubscribeLayout({ children }: { children: ReactNode }) {
  const locale = await readerLocale();
  return (
    <div lang={locale} className="grid min-h-dvh grid-rows-[1fr_auto] justify-items-center px-4">
      <main className="flex w-full max-w-100 flex-col gap-6 pt-[16vh] pb-10">
        <p className="flex items-center gap-2 font-semibold text-lg">
          <Mark className="size-6" />
          Duken
        </p>
        {children}
      </main>
      <footer className="pb-6">
        <NextIntlClientProvider locale={locale} messages={{}}>
          <LanguageLinks />
        </NextIntlClientProvider>
      </footer>
    </div>
  );
}
