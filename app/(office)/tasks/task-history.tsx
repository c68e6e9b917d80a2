import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import type { TaskDetail } from "./task-detail";

/** What became of a task, the newest first. */
export function TaskHistory({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks.history");
  return (
    <details>
      <summary className="cursor-pointer font-medium text-sm">{t("title")}</summary>
      <ul className="mt-2 flex flex-col gap-1.5 text-sm">
        {task.changes.map(({ id, name, words, at }) => (
          <li key={id} className="break-words">
            <span className="text-ink-soft">
              {name ?? t("rule")}, <TimeAgo at={at} />:{" "}
            </span>
            {words}
          </li>
        ))}
      </ul>
    </details>
  );
}
