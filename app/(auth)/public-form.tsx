"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { FormOutcome } from "@/components/ui/use-form-save";

type Values = Record<string, string>;
type Props = {
  /** Gets what stands in the fields, by their names. */
  save: (values: Values) => Promise<FormOutcome>;
  onSaved: (values: Values) => void | Promise<void>;
  act: string;
  acting: string;
  /** Gets the words for each field at fault. */
  children: (errors: Record<string, string>) => ReactNode;
};

/** The one form of a page before login. */
export function PublicForm({ save, onSaved, act, acting, children }: Props) {
  const t = useTranslations("errors");
  const [failure, setFailure] = useState<{ text: string; fields: Values } | null>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const values = Object.fromEntries([...given].map(([name, value]) => [name, String(value)]));
    startTransition(async () => {
      setFailure(null);
      const outcome = await save(values).catch(() => null);
      if (outcome?.ok) return onSaved(values);
      setFailure(outcome?.failure ?? { text: t("no_connection"), fields: {} });
    });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure && <Notice tone="red">{failure.text}</Notice>}
      {children(failure?.fields ?? {})}
      <Button type="submit" look="primary" size="lg" pending={pending} className="mt-1">
        {pending ? acting : act}
      </Button>
    </form>
  );
}
