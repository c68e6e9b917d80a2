"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { useCounted } from "@/components/use-counted";

const MOST = 99;

type Props = { count: number; className?: string };

/** How many prices wait for a person; nothing when none does. */
export function WaitingCount({ count, className }: Props) {
  const t = useTranslations("common.nav");
  const counted = useCounted();
  if (count === 0) return null;
  return (
    <span
      className={cn(
        "rounded-full bg-amber-soft px-1.5 font-medium text-amber text-xs leading-5",
        className,
      )}
    >
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <span className="sr-only">{t("waiting", counted(count))}</span>
    </span>
  );
}
