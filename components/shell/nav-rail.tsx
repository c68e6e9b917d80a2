"use client";

import { PinLeftIcon, PinRightIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Mark } from "@/components/mark";
import { rememberPreference } from "@/components/preference-cookie";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import type { NavName } from "./nav-items";
import { RailLinks } from "./nav-links";
import { NoticesBell } from "./notices-bell";
import { railCollapsed, railCookie } from "./rail-cookie";
import type { StoreName } from "./store-menu-panel";
import { StoreSwitcher } from "./store-switcher";
import { UserMenu, type UserMenuProps } from "./user-menu";

type Props = {
  stores: readonly StoreName[];
  user: UserMenuProps;
  startsCollapsed: boolean;
  waiting: number;
  notices: number;
  hidden: readonly NavName[];
};

/** The left edge of the office on anything wider than a phone; its width is remembered. */
export function NavRail({ stores, user, startsCollapsed, waiting, notices, hidden }: Props) {
  const t = useTranslations("common.nav");
  const [collapsed, setCollapsed] = useState(startsCollapsed);
  const fold = () => {
    rememberPreference(railCookie, collapsed ? "wide" : railCollapsed);
    setCollapsed(!collapsed);
  };
  return (
    <aside
      className={cn(
        "sticky top-0 hidden h-dvh flex-col gap-3 border-r bg-canvas p-3 md:flex",
        collapsed ? "w-14" : "w-56",
      )}
    >
      <p className="flex h-8 items-center gap-2 px-1.5 font-semibold">
        <Mark className="size-5 shrink-0" />
        <span className={collapsed ? "sr-only" : undefined}>Duken</span>
      </p>
      {!collapsed && <StoreSwitcher stores={stores} />}
      <nav aria-label={t("label")} className="flex-1 overflow-y-auto">
        <RailLinks collapsed={collapsed} waiting={waiting} hidden={hidden} />
      </nav>
      <div
        className={cn("flex gap-1", collapsed ? "flex-col-reverse items-center" : "items-center")}
      >
        <div className={collapsed ? undefined : "min-w-0 flex-1"}>
          <UserMenu {...user} compact={collapsed} side="top" />
        </div>
        <NoticesBell count={notices} />
        <IconButton
          label={t(collapsed ? "expand" : "collapse")}
          icon={collapsed ? <PinRightIcon /> : <PinLeftIcon />}
          aria-expanded={!collapsed}
          onClick={fold}
        />
      </div>
    </aside>
  );
}
