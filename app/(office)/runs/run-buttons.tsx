"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import type { RunLine } from "@/lib/runs/history-model";
import { jobName } from "@/lib/runs/words";
import { cancel, retry } from "./actions";

type Props = { run: Pick<RunLine, "id" | "job" | "state" | "mayChange"> };

/** What can be done with a run: what goes on is cancelled, what failed is done again. */
export function RunButtons({ run: { id, job, state, mayChange } }: Props) {
  const t = useTranslations();
  const { pending, act } = useAct();
  if (!mayChange || state === "completed") return null;
  if (state === "queued" || state === "running")
    return (
      <Confirm
        trigger={<Button size="sm">{t("runs.act.cancel")}</Button>}
        title={t("runs.act.cancelTitle", { job: jobName(t, job) })}
        act={t("runs.act.cancelAct")}
        danger
        onAct={() => cancel({ runId: id })}
      >
        {t("runs.act.cancelText")}
      </Confirm>
    );
  return (
    <Button
      size="sm"
      pending={pending}
      onClick={() => act(() => retry({ runId: id }), t("runs.act.retried"))}
    >
      {t("runs.act.retry")}
    </Button>
  );
}
