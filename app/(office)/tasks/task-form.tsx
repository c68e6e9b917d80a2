"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { useFormSave } from "@/components/ui/use-form-save";
import { priorities } from "@/lib/tasks/model";
import { save as saveTask } from "./actions";
import type { TaskDetail } from "./task-detail";
import { changedIn, shownOf, takeOver, type Values, valuesOf } from "./task-values";
import { useBoard } from "./tasks-board";

/** What a task is, for who may change it. What others have changed meanwhile is shown where nothing was typed. */
export function TaskForm({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks");
  const { editable } = useBoard();
  const form = useRef<HTMLFormElement>(null);
  const base = useRef(shownOf(task));
  const shown = JSON.stringify(shownOf(task));
  useEffect(() => {
    const fresh: Values = JSON.parse(shown);
    if (form.current) takeOver(form.current, base.current, fresh);
    base.current = fresh;
  }, [shown]);
  const { save, pending, fields, failure } = useFormSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = valuesOf(event.currentTarget);
    const { userIds: _, ...said } = changedIn(base.current, typed);
    const people = {
      addedIds: typed.userIds.filter((id) => !base.current.userIds.includes(id)),
      removedIds: base.current.userIds.filter((id) => !typed.userIds.includes(id)),
    };
    const after = () => {
      base.current = typed;
    };
    save(() => saveTask({ taskId: task.id, ...said, ...people }), {
      text: t("toast.saved"),
      after,
    });
  };
  const lists = editable.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field label={t("panel.title")} error={fields.title}>
        {(wiring) => <Input {...wiring} name="title" defaultValue={task.title} />}
      </Field>
      <Field label={t("panel.text")} hint={t("panel.textHint")} error={fields.text}>
        {(wiring) => <TextArea {...wiring} name="text" defaultValue={task.text} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("panel.due")}
          hint={t("panel.dueHint", { zone: task.zone })}
          error={fields.due}
        >
          {(wiring) => (
            <Input {...wiring} name="due" type="datetime-local" defaultValue={task.dueLocal} />
          )}
        </Field>
        <Field label={t("priority.label")}>
          {(wiring) => (
            <Select
              {...wiring}
              name="priority"
              defaultValue={task.priority}
              options={priorities.map((one) => ({ value: one, label: t(`priority.${one}`) }))}
            />
          )}
        </Field>
      </div>
      <Field label={t("panel.list")}>
        {(wiring) => (
          <Select {...wiring} name="list" defaultValue={task.categoryId} options={lists} />
        )}
      </Field>
      <Assignees task={task} error={fields.userIds} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending}>
          {t("panel.save")}
        </Button>
      </div>
    </form>
  );
}

/** Colleagues who work here, and whoever has it already. */
function Assignees({ task, error }: { task: TaskDetail; error: string | undefined }) {
  const t = useTranslations("tasks.panel");
  const { people } = useBoard();
  const gone = task.assignees.filter(({ id }) => !people.some((person) => person.id === id));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{t("assignees")}</legend>
      <div className="flex max-h-40 flex-col overflow-y-auto">
        {[...people, ...gone].map(({ id, name }) => (
          <Checkbox
            key={id}
            name="person"
            value={id}
            defaultChecked={task.assignees.some((one) => one.id === id)}
          >
            {name}
          </Checkbox>
        ))}
      </div>
      {error && <p className="text-red text-sm">{error}</p>}
    </fieldset>
  );
}
