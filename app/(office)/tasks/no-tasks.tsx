import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import type { TaskView } from "@/lib/tasks/model";

/** Why there is nothing in this view, and the first step. */
export function NoTasks({ view, isSearched }: { view: TaskView; isSearched: boolean }) {
  const t = useTranslations("tasks.empty");
  const name = isSearched ? "found" : view;
  return <EmptyState title={t(`${name}.title`)}>{t(`${name}.text`)}</EmptyState>;
}
