"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useAct } from "@/components/use-act";
import type { Step } from "@/lib/tasks/model";
import { dropStep, putStep, tick } from "./actions";
import type { TaskDetail } from "./task-detail";

/** What a task falls into: each is ticked, added and removed at once. */
export function TaskSteps({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks.steps");
  const { act, pending } = useAct();
  const input = useRef<HTMLInputElement>(null);
  const { id: taskId, stepList, mayChange } = task;
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("step"));
    if (text.trim() === "") return;
    act(() => putStep({ taskId, text }));
    if (input.current) input.current.value = "";
  };
  const drop = (stepId: string) => act(() => dropStep({ taskId, stepId }));
  if (stepList.length === 0 && !mayChange) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      <ul aria-busy={pending || undefined} className={cn(pending && "opacity-60")}>
        {stepList.map((step) => (
          <StepRow key={step.id} task={task} step={step} onDrop={() => drop(step.id)} />
        ))}
      </ul>
      {mayChange && (
        <form onSubmit={add} className="flex gap-2">
          <Input
            ref={input}
            name="step"
            autoComplete="off"
            aria-label={t("new")}
            placeholder={t("new")}
          />
          <Button type="submit" className="h-9">
            {t("add")}
          </Button>
        </form>
      )}
    </section>
  );
}

type RowProps = { task: TaskDetail; step: Step; onDrop: () => void };

function StepRow({ task, step: { id: stepId, text, isDone }, onDrop }: RowProps) {
  const t = useTranslations("tasks.steps");
  const { act, pending } = useAct();
  const { id: taskId, mayChange, mayComplete } = task;
  return (
    <li className="flex items-center justify-between gap-2">
      <Checkbox
        checked={isDone !== pending}
        disabled={!mayComplete || pending}
        onChange={() => act(() => tick({ taskId, stepId, isDone: !isDone }))}
      >
        <span className={cn("break-words", isDone && "text-ink-faint line-through")}>{text}</span>
      </Checkbox>
      {mayChange && (
        <IconButton
          label={t("remove", { text })}
          icon={<Cross2Icon />}
          onClick={onDrop}
          className="size-7"
        />
      )}
    </li>
  );
}
