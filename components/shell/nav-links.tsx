"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { navItems } from "./nav-items";
import { useStoreParam } from "./use-store-param";

const isHere = (pathname: string, href: string) =>
  pathname === href || pathname.startsWith(`${href}/`);

export function RailLinks({ collapsed }: { collapsed: boolean }) {
  const t = useTranslations("common.nav");
  const pathname = usePathname();
  const { withStore } = useStoreParam();
  return (
    <ul className="flex flex-col gap-0.5">
      {navItems.map(({ href, name, Icon }) => {
        const here = isHere(pathname, href);
        return (
          <li key={href}>
            <Link
              href={withStore(href)}
              aria-current={here ? "page" : undefined}
              title={collapsed ? t(name) : undefined}
              className={cn(
                "flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-soft outline-offset-0 hover:bg-sunken hover:text-ink",
                here && "bg-blue-soft font-medium text-blue hover:bg-blue-soft hover:text-blue",
              )}
            >
              <Icon className="size-4 shrink-0" />
              <span className={collapsed ? "sr-only" : undefined}>{t(name)}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** The same sections under the thumb. */
export function BottomBar() {
  const t = useTranslations("common.nav");
  const pathname = usePathname();
  const { withStore } = useStoreParam();
  return (
    <nav
      aria-label={t("label")}
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex">
        {navItems.slice(0, 5).map(({ href, name, Icon }) => {
          const here = isHere(pathname, href);
          return (
            <li key={href} className="flex-1">
              <Link
                href={withStore(href)}
                aria-current={here ? "page" : undefined}
                className={cn(
                  "flex h-14 flex-col items-center justify-center gap-1 text-ink-soft text-xs outline-offset-[-3px]",
                  here && "font-medium text-blue",
                )}
              >
                <Icon className="size-4.5" />
                {t(name)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
