"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { useFormSave } from "@/components/ui/use-form-save";
import { comment } from "./actions";
import type { TaskDetail } from "./task-detail";

/** What was said of a task, and a place to answer: for everybody who sees it. */
export function TaskComments({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks.comments");
  const form = useRef<HTMLFormElement>(null);
  const { save, pending, fields, failure } = useFormSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("text"));
    save(() => comment({ taskId: task.id, text }), { after: () => form.current?.reset() });
  };
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      {task.said.length === 0 && <p className="text-ink-soft text-sm">{t("none")}</p>}
      <ul className="flex flex-col gap-3">
        {task.said.map(({ id, name, text, at }) => (
          <li key={id}>
            <p className="flex flex-wrap gap-x-2 text-sm">
              <span className="font-medium">{name ?? t("gone")}</span>
              <span className="text-ink-soft">
                <TimeAgo at={at} />
              </span>
            </p>
            <p className="whitespace-pre-line break-words">{text}</p>
          </li>
        ))}
      </ul>
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-2">
        <Field label={t("write")} error={fields.text ?? failure}>
          {(wiring) => <TextArea {...wiring} name="text" />}
        </Field>
        <div className="flex justify-end">
          <Button type="submit" pending={pending}>
            {t("send")}
          </Button>
        </div>
      </form>
    </section>
  );
}
