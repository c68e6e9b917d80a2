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
import { keepSteps, tick } from "./actions";
import type { TaskDetail } from "./task-detail";

/** What a task falls into: each is ticked, added and removed at once. */
export function TaskSteps({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks.steps");
  const { act, pending } = useAct();
  const input = useRef<HTMLInputElement>(null);
  const { id: taskId, stepList, mayChange, mayComplete } = task;
  const known = stepList.map(({ id: stepId, text, isDone }) => ({ stepId, text, isDone }));
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("step"));
    if (text.trim() === "") return;
    act(() => keepSteps({ taskId, steps: [...known, { text, isDone: false }] }));
    if (input.current) input.current.value = "";
  };
  const drop = (stepId: string) =>
    act(() => keepSteps({ taskId, steps: known.filter((step) => step.stepId !== stepId) }));
  if (stepList.length === 0 && !mayChange) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      <ul aria-busy={pending || undefined} className={cn(pending && "opacity-60")}>
        {stepList.map(({ id, text, isDone }) => (
          <li key={id} className="flex items-center justify-between gap-2">
            <Checkbox
              checked={isDone}
              disabled={!mayComplete || pending}
              onChange={({ target }) =>
                act(() => tick({ taskId, stepId: id, isDone: target.checked }))
              }
            >
              <span className={cn("break-words", isDone && "text-ink-faint line-through")}>
                {text}
              </span>
            </Checkbox>
            {mayChange && (
              <IconButton
                label={t("remove", { text })}
                icon={<Cross2Icon />}
                onClick={() => drop(id)}
                className="size-7"
              />
            )}
          </li>
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
