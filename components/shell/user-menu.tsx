"use client";

import { ExitIcon } from "@radix-ui/react-icons";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { rememberPreference } from "@/components/preference-cookie";
import { type Theme, themeCookie, themes } from "@/components/theme";
import { cn } from "@/components/ui/class-names";
import { Menu, MenuChoice, MenuItem, MenuLine } from "@/components/ui/menu";
import { type Locale, localeCookie, localeNames, locales } from "@/lib/i18n/locales";

export type UserMenuProps = {
  name: string;
  email: string;
  theme: Theme;
  /** Keeps the language for mails and messages too. */
  saveLocale: (input: { locale: Locale }) => Promise<unknown>;
};

type Props = UserMenuProps & { compact?: boolean; side: "top" | "bottom" };

export function UserMenu({ name, email, theme, saveLocale, compact = false, side }: Props) {
  const t = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const [chosenTheme, setChosenTheme] = useState(theme);
  const [, startTransition] = useTransition();

  const chooseLocale = (next: Locale) => {
    rememberPreference(localeCookie, next);
    startTransition(async () => {
      await saveLocale({ locale: next }).catch(() => null);
      router.refresh();
    });
  };
  const chooseTheme = (next: Theme) => {
    rememberPreference(themeCookie, next);
    setChosenTheme(next);
    const { dataset } = document.documentElement;
    if (next === "system") delete dataset.theme;
    else dataset.theme = next;
  };

  return (
    <Menu
      side={side}
      align={side === "top" ? "start" : "end"}
      trigger={
        <button
          type="button"
          aria-label={t("user.menu", { name })}
          className="flex h-9 min-w-0 items-center gap-2 rounded-md px-1.5 text-left outline-offset-0 hover:bg-sunken pointer-coarse:h-10"
        >
          <span
            aria-hidden="true"
            className="grid size-6 shrink-0 place-items-center rounded-full bg-ink font-medium text-on-ink text-xs uppercase"
          >
            {name.slice(0, 1)}
          </span>
          <span className={cn("truncate text-sm", compact && "sr-only")}>{name}</span>
        </button>
      }
    >
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
        value={chosenTheme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChoose={chooseTheme}
      />
      <MenuLine />
      <MenuItem icon={<ExitIcon />} onSelect={() => signOut({ callbackUrl: "/login" })}>
        {t("user.logOut")}
      </MenuItem>
    </Menu>
  );
}
