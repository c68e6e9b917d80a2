"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { rememberPreference } from "@/components/preference-cookie";
import { ProgressLine } from "@/components/progress-line";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import { useRun } from "@/components/use-run";
import { isUnderWay, type RunProgress } from "@/lib/runs/model";
import { undoBulk } from "./actions";
import { bulkSeenCookie } from "./bulk-seen";
import { BulkSkips } from "./bulk-skips";

export type BulkNews = {
  run: RunProgress;
  /** In words: «Минимум 85 % от цены». */
  what: string;
  mayUndo: boolean;
};

/** The last bulk change: how far it is, then what came of it and the way back. */
export function BulkOutcome({ news }: { news: BulkNews }) {
  const t = useTranslations("list.bulk");
  const run = useRun(news.run) ?? news.run;
  const [seen, setSeen] = useState(false);
  if (seen) return null;
  const close = () => {
    rememberPreference(bulkSeenCookie, run.id);
    setSeen(true);
  };
  return (
    <section
      aria-label={t("outcome")}
      className="flex shrink-0 flex-col gap-2 rounded-lg border bg-surface px-3 py-2"
    >
      {isUnderWay(run) ? (
        <ProgressLine
          what={news.what}
          done={run.done}
          total={run.total}
          startedAt={run.startedAt}
        />
      ) : (
        <Ended run={run} what={news.what} mayUndo={news.mayUndo} onClose={close} />
      )}
    </section>
  );
}

type EndedProps = { run: RunProgress; what: string; mayUndo: boolean; onClose: () => void };

function Ended({ run, what, mayUndo, onClose }: EndedProps) {
  const t = useTranslations("list.bulk");
  const tErrors = useTranslations("errors");
  const counted = useCounted();
  const toast = useToast();
  const [whyShown, setWhyShown] = useState(false);
  const [pending, startTransition] = useTransition();
  const { changed = 0, skipped = 0 } = run.counts;
  const isWhole = run.status === "finished";
  const undo = () =>
    startTransition(async () => {
      const answer = await undoBulk({ runId: run.id }).catch(() => null);
      if (!answer?.ok)
        toast({ tone: "red", text: answer ? answer.failure.text : tErrors("no_connection") });
    });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p>
          <span className="font-medium">{what}.</span>{" "}
          {isWhole ? t("done", counted(changed)) : t("failed", counted(run.done))}
          {skipped > 0 && ` ${t("skipped", counted(skipped))}`}
        </p>
        <div className="ml-auto flex gap-2">
          {skipped > 0 && (
            <Button
              size="sm"
              look="ghost"
              aria-expanded={whyShown}
              onClick={() => setWhyShown(!whyShown)}
            >
              {t(whyShown ? "hideWhy" : "showWhy")}
            </Button>
          )}
          {mayUndo && (changed > 0 || !isWhole) && (
            <Button size="sm" pending={pending} onClick={undo}>
              {t("undo")}
            </Button>
          )}
          <IconButton
            label={t("dismiss")}
            icon={<Cross2Icon />}
            onClick={onClose}
            className="size-7"
          />
        </div>
      </div>
      {whyShown && <BulkSkips runId={run.id} total={skipped} />}
    </>
  );
}
