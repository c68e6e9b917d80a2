"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import {
  type NavGroup,
  type NavName,
  type NavPage,
  navItems,
  pageHere,
  pagesOf,
  thumbItems,
} from "./nav-items";
import { useStoreParam } from "./use-store-param";
import { WaitingCount } from "./waiting-count";

type Props = { collapsed: boolean; waiting: number; hidden: readonly NavName[] };

export function RailLinks({ collapsed, waiting, hidden }: Props) {
  const shown = navItems.filter(({ name }) => !hidden.includes(name));
  return (
    <ul className="flex flex-col gap-0.5">
      {shown.map((item) => (
        <li key={item.name}>
          {"pages" in item ? (
            <RailGroup group={item} collapsed={collapsed} waiting={waiting} />
          ) : (
            <RailLink page={item} collapsed={collapsed} />
          )}
        </li>
      ))}
    </ul>
  );
}

type GroupProps = { group: NavGroup; collapsed: boolean; waiting: number };

function RailGroup({ group: { name, Icon, pages }, collapsed, waiting }: GroupProps) {
  const t = useTranslations("common.nav");
  return (
    <>
      <p
        className={cn("flex h-8 items-center gap-2.5 px-2 text-ink-faint", collapsed && "sr-only")}
      >
        <Icon className="size-4 shrink-0" />
        {t(name)}
      </p>
      <ul
        aria-label={t(name)}
        className={cn("flex flex-col gap-0.5", collapsed ? "border-y py-1" : "pl-6.5")}
      >
        {pages.map((page) => (
          <li key={page.href}>
            <RailLink
              page={page}
              collapsed={collapsed}
              withIcon={collapsed}
              waiting={page.name === "approvals" ? waiting : 0}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

type LinkProps = { page: NavPage; collapsed: boolean; withIcon?: boolean; waiting?: number };

function RailLink({ page, collapsed, withIcon = true, waiting = 0 }: LinkProps) {
  const t = useTranslations("common.nav");
  const pathname = usePathname();
  const { withStore } = useStoreParam();
  const { href, name, Icon } = page;
  const here = pageHere([page], pathname) !== undefined;
  return (
    <Link
      href={withStore(href)}
      aria-current={here ? "page" : undefined}
      title={collapsed ? t(name) : undefined}
      className={cn(
        "relative flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-soft outline-offset-0 hover:bg-sunken hover:text-ink",
        here && "bg-blue-soft font-medium text-blue hover:bg-blue-soft hover:text-blue",
      )}
    >
      {withIcon && <Icon className="size-4 shrink-0" />}
      <span className={collapsed ? "sr-only" : undefined}>{t(name)}</span>
      <WaitingCount
        count={waiting}
        className={collapsed ? "-top-0.5 -right-1.5 absolute leading-4" : "ml-auto"}
      />
    </Link>
  );
}

/** The same sections under the thumb. */
export function BottomBar({ waiting, hidden }: Omit<Props, "collapsed">) {
  const t = useTranslations("common.nav");
  const pathname = usePathname();
  const { withStore } = useStoreParam();
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex">
        {thumbItems(hidden).map((item) => {
          const [first] = pagesOf(item);
          const here = pageHere(pagesOf(item), pathname) !== undefined;
          const { name, Icon } = item;
          return (
            <li key={name} className="flex-1">
              <Link
                href={withStore(first.href)}
                aria-current={here ? "page" : undefined}
                className={cn(
                  "relative flex h-14 flex-col items-center justify-center gap-1 text-ink-soft text-xs outline-offset-[-3px]",
                  here && "font-medium text-blue",
                )}
              >
                <Icon className="size-4.5" />
                {t(name)}
                {name === "prices" && (
                  <WaitingCount
                    count={waiting}
                    className="absolute top-1 left-1/2 ml-2 leading-4"
                  />
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** On a phone, the pages of the section that is open: the bar has one button for all of them. */
export function SectionLinks({ waiting }: { waiting: number }) {
  const t = useTranslations("common.nav");
  const pathname = usePathname();
  const { withStore } = useStoreParam();
  const group = navItems.find((item) => "pages" in item && pageHere(item.pages, pathname));
  if (!group) return null;
  return (
    <nav
      aria-label={t(group.name)}
      className="-mx-4 -mt-4 mb-4 overflow-x-auto border-b bg-surface px-4 py-2 md:hidden"
    >
      <ul className="flex gap-1.5">
        {pagesOf(group).map((page) => {
          const here = pageHere([page], pathname) !== undefined;
          return (
            <li key={page.href}>
              <Link
                href={withStore(page.href)}
                aria-current={here ? "page" : undefined}
                className={cn(
                  "flex h-9 items-center gap-1.5 rounded-md px-3 text-ink-soft text-sm whitespace-nowrap",
                  here && "bg-blue-soft font-medium text-blue",
                )}
              >
                {t(page.name)}
                <WaitingCount count={page.name === "approvals" ? waiting : 0} />
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
