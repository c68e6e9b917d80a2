"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import { SidePanel } from "@/components/ui/side-panel";
import { useToast } from "@/components/ui/toast";
import { remove, seen } from "./actions";
import { TaskComments } from "./task-comments";
import type { TaskDetail } from "./task-detail";
import { TaskFacts } from "./task-facts";
import { TaskForm } from "./task-form";
import { TaskHistory } from "./task-history";
import { TaskLinks } from "./task-links";
import { TaskSteps } from "./task-steps";
import { useFinish } from "./use-finish";

/** One task beside the list, at its own address. */
export function TaskPanel({ task }: { task: TaskDetail }) {
  const router = useRouter();
  const params = useSearchParams();
  const { id, title, isSeen } = task;
  const close = () =>
    router.push(params.size > 0 ? `/tasks?${params}` : "/tasks", { scroll: false });
  useEffect(() => {
    // What is new in it is read now; the page shows it all the same.
    if (!isSeen) seen({ taskId: id }).catch(() => null);
  }, [id, isSeen]);
  return (
    <SidePanel open onClose={close} title={title} lead={<Made task={task} />}>
      <div className="flex flex-col gap-6">
        <Acts task={task} onGone={close} />
        {task.mayChange ? <TaskForm task={task} /> : <ReadOnly task={task} />}
        <TaskSteps task={task} />
        <TaskLinks task={task} />
        <TaskComments task={task} />
        <TaskHistory task={task} />
      </div>
    </SidePanel>
  );
}

function Made({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks.panel");
  const at = () => <TimeAgo at={task.createdAt} />;
  const { createdBy } = task;
  return createdBy === null
    ? t.rich("madeByRule", { at })
    : t.rich("made", { name: createdBy, at });
}

function ReadOnly({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks.panel");
  return (
    <>
      <Notice>{t(task.mayComplete ? "assignedOnly" : "readOnly")}</Notice>
      <TaskFacts task={task} />
    </>
  );
}

function Acts({ task, onGone }: { task: TaskDetail; onGone: () => void }) {
  const t = useTranslations("tasks");
  const toast = useToast();
  const { finish, open, pending } = useFinish(task);
  const { isDone, doneAt, doneBy, title } = task;
  const erase = async () => {
    const outcome = await remove({ taskId: task.id });
    if (outcome.ok) {
      toast({ text: t("toast.deleted") });
      onGone();
    }
    return outcome;
  };
  const at = () => <TimeAgo at={doneAt} />;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isDone && (
        <p className="mr-auto text-green">
          {doneBy === null
            ? t.rich("panel.doneItself", { at })
            : t.rich("panel.doneBy", { name: doneBy, at })}
        </p>
      )}
      {task.mayComplete && (
        <Button
          look={isDone ? "secondary" : "primary"}
          pending={pending}
          onClick={isDone ? open : finish}
        >
          {t(isDone ? "panel.reopen" : "panel.complete")}
        </Button>
      )}
      {task.mayChange && (
        <Confirm
          trigger={<Button>{t("panel.delete")}</Button>}
          title={t("panel.deleteTitle", { title })}
          act={t("panel.delete")}
          danger
          onAct={erase}
        >
          {t("panel.deleteText")}
        </Confirm>
      )}
    </div>
  );
}
