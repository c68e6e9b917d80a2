"use client";

import { useTranslations } from "next-intl";
import { useToast } from "@/components/ui/toast";
import { useAct } from "@/components/use-act";
import { complete, reopen } from "./actions";

/** Done with one press, and back with another. */
export function useFinish({ id: taskId, title }: { id: string; title: string }) {
  const t = useTranslations();
  const toast = useToast();
  const { act, pending } = useAct();
  const open = () => act(() => reopen({ taskId }), t("tasks.toast.reopened"));
  const finish = () =>
    act(async () => {
      const outcome = await complete({ taskId });
      if (outcome.ok)
        toast({
          text: t("tasks.toast.done", { title }),
          action: { label: t("common.actions.undo"), run: open },
        });
      return outcome;
    });
  return { finish, open, pending };
}
