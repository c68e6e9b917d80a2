"use client";

import { ExitIcon } from "@radix-ui/react-icons";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { rememberPreference } from "@/components/preference-cookie";
import { isTheme, type Theme, themeCookie, themes } from "@/components/theme";
import { Menu, MenuChoice, MenuItem, MenuLine } from "@/components/ui/menu";
import { type Locale, localeCookie, localeNames, locales } from "@/lib/i18n/locales";

type Props = {
  trigger: ReactNode;
  email: string;
  side: "top" | "bottom";
  /** Keeps the language for mails and messages too. */
  saveLocale: (input: { locale: Locale }) => Promise<unknown>;
};

async function logOut(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/login" });
}

function themeOnPage(): Theme {
  const { theme } = document.documentElement.dataset;
  return isTheme(theme) ? theme : "system";
}

function chooseTheme(theme: Theme): void {
  rememberPreference(themeCookie, theme);
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
}

export function UserMenuPanel({ trigger, email, side, saveLocale }: Props) {
  const t = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const [theme, setTheme] = useState(themeOnPage);
  const [, startTransition] = useTransition();
  const chooseLocale = (next: Locale) => {
    rememberPreference(localeCookie, next);
    startTransition(async () => {
      await saveLocale({ locale: next }).catch(() => null);
      router.refresh();
    });
  };
  return (
    <Menu startsOpen trigger={trigger} side={side} align={side === "top" ? "start" : "end"}>
      <p className="max-w-60 truncate px-2 py-1.5 text-ink-soft text-sm">{email}</p>
      <MenuLine />
      <MenuChoice
        label={t("user.language")}
        value={locale}
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
        onChoose={chooseLocale}
      />
      <MenuLine />
      <MenuChoice
        label={t("user.theme")}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChoose={(next) => {
          chooseTheme(next);
          setTheme(next);
        }}
      />
      <MenuLine />
      <MenuItem icon={<ExitIcon />} onSelect={logOut}>
        {t("user.logOut")}
      </MenuItem>
    </Menu>
  );
}
