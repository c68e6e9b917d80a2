"use client";

import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import { isKeptGoing, isOfFailure } from "@/lib/runs/cancel-model";
import type { RunLine } from "@/lib/runs/history-model";
import { cancelText, jobName } from "@/lib/runs/words";
import { cancel, retry } from "./actions";

type Props = { run: Pick<RunLine, "id" | "job" | "state" | "retriedBy" | "mayChange"> };

/** What can be done with a run: what goes on is cancelled, what failed is done again. */
export function RunButtons({ run }: Props) {
  const { state, retriedBy, mayChange } = run;
  if (retriedBy) return <Retried by={retriedBy} />;
  if (!mayChange || state === "completed") return null;
  return state === "queued" || state === "running" ? <Stop run={run} /> : <Again run={run} />;
}

function Stop({ run: { id, job } }: Props) {
  const t = useTranslations();
  if (isKeptGoing(job) || isOfFailure(job)) return null;
  return (
    <Confirm
      trigger={<Button size="sm">{t("runs.act.cancel")}</Button>}
      title={t("runs.act.cancelTitle", { job: jobName(t, job) })}
      act={t("runs.act.cancelAct")}
      danger
      onAct={() => cancel({ runId: id })}
    >
      {cancelText(t, job)}
    </Confirm>
  );
}

function Retried({ by }: { by: string }) {
  const t = useTranslations("runs.act");
  return (
    <ButtonLink size="sm" href={`/runs/${by}`}>
      {t("toRetry")}
    </ButtonLink>
  );
}

function Again({ run: { id } }: Props) {
  const t = useTranslations();
  const { pending, act } = useAct();
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
