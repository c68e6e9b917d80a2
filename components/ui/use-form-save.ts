"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { useToast } from "./toast";

type Failure = { text: string; fields: Record<string, string> };
export type FormOutcome = { ok: true } | { ok: false; failure: Failure };

/** Saves a form: the fields at fault get their words, what else is wrong stands in `failure`. */
export function useFormSave() {
  const t = useTranslations("errors");
  const toast = useToast();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();
  const save = (
    work: () => Promise<FormOutcome>,
    saved: { text?: string | undefined; after?: () => void | Promise<void> },
  ) =>
    startTransition(async () => {
      const lost: FormOutcome = { ok: false, failure: { text: t("no_connection"), fields: {} } };
      const outcome = await work().catch(() => lost);
      setFailure(outcome.ok ? null : outcome.failure);
      if (!outcome.ok) return;
      await saved.after?.();
      if (saved.text) toast({ text: saved.text });
    });
  const fields = failure?.fields ?? {};
  /** Words over the whole form, when no field has its own. */
  const words = failure && Object.keys(fields).length === 0 ? failure.text : null;
  return { save, pending, fields, failure: words };
}
