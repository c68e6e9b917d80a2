import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/client-messages";
import { StyleNonce } from "@/components/style-nonce";
import { isTheme, themeCookie } from "@/components/theme";
import { Toasts } from "@/components/ui/toast";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Duken", template: "%s · Duken" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1012" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = (await cookies()).get(themeCookie)?.value;
  const theme = isTheme(chosen) && chosen !== "system" ? chosen : undefined;
  return (
    <html lang={await getLocale()} data-theme={theme}>
      <body>
        <StyleNonce nonce={(await headers()).get("x-nonce") ?? undefined} />
        <NextIntlClientProvider messages={{}}>
          <ClientMessages of={["common", "errors.no_connection"]}>
            <Toasts>{children}</Toasts>
          </ClientMessages>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
