"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import { lookAtUndo, startUndo } from "./actions";

type Answer = Awaited<ReturnType<typeof lookAtUndo>>;
type Preview = Extract<Answer, { ok: true }>["value"];

type Target = Parameters<typeof lookAtUndo>[0];

type Props = { target: Target; label: "button" | "buttonOne" | "buttonUndo" };

/** Puts a whole check back, or one change; says first what that would do, and by when. */
export function UndoButton({ target, label }: Props) {
  const t = useTranslations("ledger.undo");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(label)}</Button>
      {open && <UndoWindow target={target} onClose={() => setOpen(false)} />}
    </>
  );
}

function UndoWindow({ target, onClose }: { target: Target; onClose: () => void }) {
  const t = useTranslations();
  const counted = useCounted();
  const toast = useToast();
  const router = useRouter();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const lost = t("errors.no_connection");

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the window opens.
  useEffect(() => {
    let isHere = true;
    lookAtUndo(target)
      .then((answer) => {
        if (!isHere) return;
        if (answer.ok) setPreview(answer.value);
        else setFailure(answer.failure.text);
      })
      .catch(() => isHere && setFailure(lost));
    return () => {
      isHere = false;
    };
  }, []);

  const undo = () =>
    startTransition(async () => {
      const answer = await startUndo(target).catch(() => null);
      if (!answer?.ok) return setFailure(answer ? answer.failure.text : lost);
      toast({ text: t("ledger.undo.started") });
      onClose();
      router.push(`/decisions/runs/${answer.value.undoId}`);
    });
  const all = preview ? preview.back + preview.withdrawn : 0;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("ledger.undo.title")}>
      <div className="flex flex-col gap-4">
        {failure && <Notice tone="red">{failure}</Notice>}
        {!preview && !failure && (
          <div aria-busy="true" className="flex flex-col gap-2">
            <p className="text-ink-soft">{t("ledger.undo.look")}</p>
            <Skeleton className="h-16" />
          </div>
        )}
        {preview && <Forecast preview={preview} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("common.actions.cancel")}</Button>
          <Button look="primary" pending={pending} disabled={all === 0} onClick={undo}>
            {preview && all === 0 ? t("ledger.undo.nothing") : t("ledger.undo.act", counted(all))}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Forecast({ preview }: { preview: Preview }) {
  const t = useTranslations("ledger.undo");
  const counted = useCounted();
  const { back, withdrawn, locked, skipped, skippedCount, endsAt } = preview;
  return (
    <div className="flex flex-col gap-3">
      <p>
        <span className="font-medium">{t("back", counted(back))}</span>
        {withdrawn > 0 && ` ${t("withdrawn", counted(withdrawn))}`}
      </p>
      {back > 0 && (
        <p className="text-ink-soft">
          {endsAt ? t.rich("ends", { when: () => <TimeAgo at={endsAt} /> }) : t("stopped")}
        </p>
      )}
      {locked > 0 && <p className="text-ink-soft">{t("locks", counted(locked))}</p>}
      {skippedCount > 0 && (
        <div className="flex flex-col gap-1 text-sm">
          <p className="font-medium">{t("skipped", counted(skippedCount))}</p>
          <ul
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keyboard too.
            tabIndex={0}
            aria-label={t("skipped", counted(skippedCount))}
            className="max-h-40 overflow-y-auto"
          >
            {skipped.map(({ key, productId, name, why }) => (
              <li key={key} className="flex flex-wrap justify-between gap-x-4 border-t py-1">
                <Link href={`/products/${productId}`} prefetch={false} className="hover:underline">
                  {name}
                </Link>
                <span className="text-ink-soft">{why}</span>
              </li>
            ))}
          </ul>
          {skipped.length < skippedCount && (
            <p className="text-ink-faint">{t("more", counted(skippedCount - skipped.length))}</p>
          )}
        </div>
      )}
    </div>
  );
}
