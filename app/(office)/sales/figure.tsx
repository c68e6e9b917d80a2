import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type Props = {
  label: string;
  value: ReactNode;
  /** How it was before, and whether more is better. */
  change?: { text: string; tone: "good" | "bad" | "same" } | null;
  note?: ReactNode;
  /** The orders behind it. */
  href?: string;
};

const tones = { good: "text-green", bad: "text-red", same: "text-ink-faint" };

/** One number of a period. */
export function Figure({ label, value, change = null, note, href }: Props) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 rounded-lg border bg-surface px-4 py-3">
      <dt className="truncate text-ink-soft text-sm">{label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-xl tabular-nums">
          {href ? (
            <Link href={href} prefetch={false} className="hover:text-blue hover:underline">
              {value}
            </Link>
          ) : (
            value
          )}
        </span>
        {change && <span className={cn("text-sm", tones[change.tone])}>{change.text}</span>}
      </dd>
      {note && <dd className="text-ink-faint text-sm">{note}</dd>}
    </div>
  );
}
