import { ArrowLeftIcon } from "@radix-ui/react-icons";
import Link from "next/link";
import type { ReactNode } from "react";

/** To the page this one is a part of, above its title. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="-my-1 inline-flex items-center gap-1.5 self-start py-1 text-ink-soft text-sm hover:text-ink"
    >
      <ArrowLeftIcon aria-hidden="true" />
      {children}
    </Link>
  );
}
