"use client";

import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { UrlLink } from "@/components/ui/url-link";
import { formatNumber } from "@/lib/i18n/money";
import { type TaskView, taskViews } from "@/lib/tasks/model";

/** Of whom and in which state; the list that is chosen and the search stay. */
export function TaskTabs({ chosen, overdue }: { chosen: TaskView; overdue: number }) {
  const t = useTranslations("tasks.views");
  const locale = useLocale();
  return (
    <nav aria-label={t("label")} className="-mb-px flex shrink-0 gap-4 overflow-x-auto border-b">
      {taskViews.map((view) => (
        <UrlLink
          key={view}
          patch={{ view: view === "mine" ? null : view, ...(view === "mine" && { list: null }) }}
          aria-current={view === chosen ? "page" : undefined}
          className={cn(
            "flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 text-ink-soft outline-offset-[-2px] hover:text-ink pointer-coarse:h-11",
            view === chosen && "border-blue font-medium text-ink",
          )}
        >
          {t(view)}
          {view === "overdue" && overdue > 0 && (
            <span className="text-red text-sm">{formatNumber(overdue, locale)}</span>
          )}
        </UrlLink>
      ))}
    </nav>
  );
}
