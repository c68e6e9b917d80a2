"use client";

import { ExitIcon } from "@radix-ui/react-icons";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { themeOnPage, wearTheme } from "@/components/page-theme";
import { themes } from "@/components/theme";
import { Menu, MenuChoice, MenuItem, MenuLine } from "@/components/ui/menu";
import { useChooseLocale } from "@/components/use-choose-locale";
import { type Locale, localeNames, locales } from "@/lib/i18n/locales";

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

export function UserMenuPanel({ trigger, email, side, saveLocale }: Props) {
  const t = useTranslations("common");
  const locale = useLocale();
  const [theme, setTheme] = useState(themeOnPage);
  const chooseLocale = useChooseLocale(saveLocale);
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
          wearTheme(next);
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
