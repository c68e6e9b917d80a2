"use client";

import { useTranslations } from "next-intl";
import { useToast } from "@/components/ui/toast";
import { useAct } from "@/components/use-act";
import type { ActionResult } from "@/lib/auth/action";
import type { Outcome } from "@/lib/tasks/change-many";
import { moveMany } from "./actions";
import { type Move, movesBack, type Placed } from "./moved-from";

type Target = { id: string; name: string };

/** Into another list with one gesture, and back with another. */
export function useMove(shown: readonly Placed[]) {
  const t = useTranslations();
  const toast = useToast();
  const { act } = useAct();
  const undo = (moves: readonly Move[]) => act(() => allOf(moves), t("tasks.toast.movedBack"));
  return (taskIds: string[], { id: categoryId, name }: Target, after: () => void) => {
    const back = movesBack(shown, { categoryId, taskIds });
    act(async () => {
      const outcome = await moveMany({ taskIds, categoryId });
      if (!outcome.ok) return outcome;
      const { done, skipped } = outcome.value;
      const text = skipped
        ? t("tasks.bulk.skipped", { done, skipped })
        : t("tasks.toast.moved", { list: name });
      const action = { label: t("common.actions.undo"), run: () => undo(back) };
      toast({ text, ...(back.length > 0 && done > 0 && { action }) });
      after();
      return outcome;
    });
  };
}

/** One after the other, up to the first that fails. */
async function allOf(moves: readonly Move[]): Promise<ActionResult<Outcome>> {
  let last: ActionResult<Outcome> = { ok: true, value: { done: 0, skipped: 0 } };
  for (const move of moves) {
    last = await moveMany(move);
    if (!last.ok) return last;
  }
  return last;
}
