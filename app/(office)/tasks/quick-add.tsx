"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { useFormSave } from "@/components/ui/use-form-save";
import type { LinkKind } from "@/lib/tasks/model";
import { add } from "./actions";
import { DueField } from "./due-field";
import { useKept } from "./kept-open";
import type { DueChips } from "./task-line";
import { useBoard } from "./tasks-board";
import { typedDue } from "./typed-due";

type Props = {
  /** The list that is open, if tasks may be put into it. */
  listId: string | null;
  chips: DueChips;
  /** What the task is to be about. */
  about: { kind: LinkKind; id: string; name: string } | null;
};

const nothing = (listId: string | null) => ({ title: "", due: "", listId });

/** A title and Enter; the focus stays for the next one. */
export function QuickAdd({ listId, chips, about }: Props) {
  const t = useTranslations("tasks.quick");
  const { editable } = useBoard();
  const { go } = useUrlState();
  const [draft, setDraft] = useKept("draft", `${listId} ${about?.id}`, nothing(listId));
  const { due, listId: asked } = draft;
  // A first list of one's own comes with the first task: what is put into another's is not among one's own.
  const own = editable.find(({ rights }) => rights === "owner");
  const list = editable.find(({ id }) => id === asked) ?? own;
  const options = editable.map(({ id, name }) => ({ value: id, label: name }));
  if (!own) options.unshift({ value: "", label: t("newList") });
  const input = useRef<HTMLInputElement>(null);
  const { save, pending, fields, failure } = useFormSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get("title"));
    const link = about && { [`${about.kind}Id`]: about.id };
    const after = () => {
      if (input.current) input.current.value = "";
      setDraft({ ...draft, title: "" });
      input.current?.focus();
      if (about) go({ about: null }, "replace");
    };
    const given = { title, due: typedDue(event.currentTarget), categoryId: list?.id ?? null };
    const text = t("addedTo", { list: list?.name ?? t("newList") });
    save(() => add({ ...given, ...link }), { text, after });
  };
  const error = fields.title ?? fields.due ?? Object.values(fields)[0] ?? failure;
  return (
    <form
      noValidate
      aria-label={t("label")}
      onSubmit={submit}
      className="flex flex-col gap-2 rounded-lg border bg-surface p-3"
    >
      {about && (
        <p className="flex items-center gap-1">
          <Badge tone="blue">{t("about", { name: about.name })}</Badge>
          <IconButton
            label={t("aboutNone")}
            icon={<Cross2Icon />}
            onClick={() => go({ about: null }, "replace")}
            className="size-6"
          />
        </p>
      )}
      <div className="flex gap-2">
        <Input
          ref={input}
          name="title"
          defaultValue={draft.title}
          onChange={({ target }) => setDraft({ ...draft, title: target.value })}
          autoComplete="off"
          enterKeyHint="done"
          aria-label={t("label")}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? "quick-error" : undefined}
          placeholder={t("placeholder")}
        />
        <Button type="submit" look="primary" pending={pending} className="h-9">
          {t("add")}
        </Button>
      </div>
      {error && (
        <p id="quick-error" role="alert" className="text-red text-sm">
          {error}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <DueField due={due} chips={chips} onChange={(next) => setDraft({ ...draft, due: next })} />
        {options.length > 1 && (
          <Select
            aria-label={t("list")}
            value={list?.id ?? ""}
            options={options}
            onChange={({ target }) => setDraft({ ...draft, listId: target.value })}
            className="w-48 max-w-full"
          />
        )}
      </div>
    </form>
  );
}
