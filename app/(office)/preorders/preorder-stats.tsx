"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { useCounted } from "@/components/use-counted";
import type { PreorderStats as Stats } from "@/lib/preorders/queries";

const kinds = ["draft", "active", "completed", "cancelled"] as const;

/** How many there are of each kind, how many wait for Kaspi, and when the first goods come. */
export function PreorderStats({ stats }: { stats: Stats }) {
  const t = useTranslations("preorders");
  return (
    <section aria-label={t("stats.label")}>
      <dl className="flex flex-wrap gap-x-6 gap-y-2">
        <Fact name={t("stats.awaiting")} count={stats.awaiting} isUrgent />
        {kinds.map((kind) => (
          <Fact key={kind} name={t(`stats.${kind}`)} count={stats[kind]} />
        ))}
        {stats.soonest && (
          <div className="flex items-baseline gap-1.5">
            <dt className="text-ink-soft text-sm">{t("stats.soonest")}</dt>
            <dd className="font-semibold">
              <TimeAgo at={stats.soonest} ahead />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

type FactProps = { name: string; count: number; isUrgent?: boolean };

function Fact({ name, count, isUrgent = false }: FactProps) {
  const { shown } = useCounted()(count);
  return (
    <div className="flex items-baseline gap-1.5">
      <dd className={isUrgent && count > 0 ? "font-semibold text-blue" : "font-semibold"}>
        {shown}
      </dd>
      <dt className="text-ink-soft text-sm">{name}</dt>
    </div>
  );
}
