"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type FormOutcome, useFormSave } from "@/components/ui/use-form-save";

type Props = {
  /** Gets what stands in the fields, by their names. */
  save: (values: Record<string, string>) => Promise<FormOutcome>;
  /** What is said then; nothing where the page itself goes on. */
  saved?: string;
  after?: (values: Record<string, string>) => void | Promise<void>;
  /** Empties the fields once they are saved. */
  clears?: boolean;
  act: string;
  /** Gets the words for each field at fault. */
  children: (errors: Record<string, string>) => ReactNode;
};

/** A few fields and the button that saves them. */
export function SettingsForm({ save: work, saved, after, clears, act, children }: Props) {
  const t = useTranslations("settings");
  const form = useRef<HTMLFormElement>(null);
  const { save, pending, fields, failure } = useFormSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const values = Object.fromEntries([...given].map(([name, value]) => [name, String(value)]));
    const settle = async () => {
      await after?.(values);
      if (clears) form.current?.reset();
    };
    save(() => work(values), { text: saved, after: settle });
  };
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure}</Notice>}
      {children(fields)}
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending}>
          {pending ? t("saving") : act}
        </Button>
      </div>
    </form>
  );
}
