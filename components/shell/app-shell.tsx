import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Mark } from "@/components/mark";
import type { NavName } from "./nav-items";
import { BottomBar, SectionLinks } from "./nav-links";
import { NavRail } from "./nav-rail";
import { NoticesBell } from "./notices-bell";
import type { StoreName } from "./store-menu-panel";
import { StoreSwitcher } from "./store-switcher";
import { UserMenu, type UserMenuProps } from "./user-menu";

type Props = {
  user: UserMenuProps;
  stores: readonly StoreName[];
  railCollapsed: boolean;
  /** How many prices wait for a person. */
  waiting: number;
  /** How many notices are open. */
  notices: number;
  /** Sections that are not for this person. */
  hidden: readonly NavName[];
  /** Bars that stand on every page: twin, stopped. */
  banners: ReactNode;
  children: ReactNode;
};

export function AppShell(props: Props) {
  const { user, stores, railCollapsed, waiting, notices, hidden, banners, children } = props;
  const t = useTranslations("common");
  return (
    <div className="md:grid md:grid-cols-[auto_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-ink px-3 py-2 text-on-ink focus:translate-y-0"
      >
        {t("skipToContent")}
      </a>
      <NavRail
        stores={stores}
        user={user}
        startsCollapsed={railCollapsed}
        waiting={waiting}
        notices={notices}
        hidden={hidden}
      />
      <div className="flex min-h-dvh min-w-0 flex-col md:has-[[data-fill]]:h-dvh">
        {banners}
        <header className="flex items-center gap-3 border-b bg-surface px-3 py-1.5 md:hidden">
          <Mark className="size-6 shrink-0" />
          <div className="min-w-0 flex-1">
            <StoreSwitcher stores={stores} />
          </div>
          <NoticesBell count={notices} />
          <UserMenu {...user} compact side="bottom" />
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="flex min-h-0 flex-1 flex-col p-4 outline-none max-md:pb-22 md:px-6 md:py-5"
        >
          <SectionLinks waiting={waiting} />
          {children}
        </main>
      </div>
      <BottomBar waiting={waiting} hidden={hidden} />
    </div>
  );
}
