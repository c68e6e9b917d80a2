"use client";

import { useTranslations } from "next-intl";
import { useOptimistic, useTransition } from "react";
import type { SaveFailure, SaveOutcome } from "./save-outcome";

/**
 * Shows the new value at once. When the write fails, or the line drops, the old value comes back by
 * itself and `failed` says why. The action must refresh the page, or the old value comes back too.
 */
export function useOptimisticSave<T>(value: T) {
  const t = useTranslations("errors");
  const [shown, show] = useOptimistic(value);
  const [pending, startTransition] = useTransition();
  const change = (
    next: T,
    save: () => Promise<SaveOutcome>,
    failed: (failure: SaveFailure) => void,
  ) => {
    startTransition(async () => {
      show(next);
      const lost: SaveOutcome = {
        ok: false,
        failure: { kind: "no_connection", text: t("no_connection") },
      };
      const outcome = await save().catch(() => lost);
      if (!outcome.ok) failed(outcome.failure);
    });
  };
  return { shown, pending, change };
}
