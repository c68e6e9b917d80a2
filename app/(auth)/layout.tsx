import type { ReactNode } from "react";
import { ClientMessages } from "@/components/client-messages";
import { LanguageLinks } from "@/components/language-links";
import { Mark } from "@/components/mark";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto] justify-items-center px-4">
      <main className="flex w-full max-w-88 flex-col gap-6 pt-[16vh] pb-10">
        <p className="flex items-center gap-2 font-semibold text-lg">
          <Mark className="size-6" />
          Duken
        </p>
        <ClientMessages of={["auth", "errors"]}>{children}</ClientMessages>
      </main>
      <footer className="pb-6">
        <LanguageLinks />
      </footer>
    </div>
  );
}
