"use client";

import { BellIcon } from "@radix-ui/react-icons";
import Link from "next/link";
import { useTranslations } from "next-intl";

const MOST = 99;

/** How many notices are open, and the way to them. */
export function NoticesBell({ count }: { count: number }) {
  const t = useTranslations("common.nav");
  return (
    <Link
      href="/notices"
      aria-label={t("notices", { count })}
      title={t("notices", { count })}
      className="relative grid size-9 shrink-0 place-items-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink pointer-coarse:size-10"
    >
      <BellIcon aria-hidden="true" />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0 right-0 min-w-4 rounded-full bg-amber-soft px-1 text-center font-medium text-amber text-xs leading-4"
        >
          {count > MOST ? `${MOST}+` : count}
        </span>
      )}
    </Link>
  );
}
