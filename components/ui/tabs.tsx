"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "./class-names";

export type Tab = { href: string; label: string; count?: string };

/** Views of one thing, each with a path of its own; what narrows a view does not leave it. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const pathname = usePathname();
  const isHere = ({ href }: Tab) => href.split("?")[0] === pathname;
  return (
    <nav aria-label={label} className="-mb-px flex shrink-0 gap-5 overflow-x-auto border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={isHere(tab) ? "page" : undefined}
          className={cn(
            "flex h-9 items-center gap-1.5 border-transparent border-b-2 whitespace-nowrap text-ink-soft outline-offset-[-2px] hover:text-ink",
            isHere(tab) && "border-blue font-medium text-ink",
          )}
        >
          {tab.label}
          {tab.count && <span className="text-ink-faint text-sm">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
