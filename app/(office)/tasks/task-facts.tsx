import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { TaskDetail } from "./task-detail";

/** What a task says, for who may not change it. */
export function TaskFacts({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks");
  const { text, due, priority, listName, people } = task;
  return (
    <dl className="flex flex-col gap-2">
      {text && (
        <Fact label={t("panel.text")}>
          <span className="whitespace-pre-line break-words">{text}</span>
        </Fact>
      )}
      <Fact label={t("panel.due")}>{due ?? t("quick.chips.none")}</Fact>
      <Fact label={t("priority.label")}>{t(`priority.${priority}`)}</Fact>
      <Fact label={t("panel.assignees")}>{people || t("panel.nobody")}</Fact>
      {listName && <Fact label={t("panel.list")}>{listName}</Fact>}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-3">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
