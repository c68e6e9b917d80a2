"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { LazyMenu } from "@/components/ui/lazy-menu";
import type { Locale } from "@/lib/i18n/locales";

export type UserMenuProps = {
  name: string;
  email: string;
  saveLocale: (input: { locale: Locale }) => Promise<unknown>;
};

type Props = UserMenuProps & { compact?: boolean; side: "top" | "bottom" };

const panel = () => import("./user-menu-panel").then((module) => module.UserMenuPanel);

/** Language, theme, log out. */
export function UserMenu({ name, email, saveLocale, compact = false, side }: Props) {
  const t = useTranslations("common.user");
  return (
    <LazyMenu
      panel={panel}
      panelProps={{ email, side, saveLocale }}
      label={t("menu")}
      className="flex h-9 min-w-0 max-w-full items-center gap-2 rounded-md px-1.5 text-left outline-offset-0 hover:bg-sunken pointer-coarse:h-10"
    >
      <span
        aria-hidden="true"
        className="grid size-6 shrink-0 place-items-center rounded-full bg-ink font-medium text-on-ink text-xs uppercase"
      >
        {name.slice(0, 1)}
      </span>
      <span className={cn("truncate text-sm", compact && "sr-only")}>{name}</span>
    </LazyMenu>
  );
}
