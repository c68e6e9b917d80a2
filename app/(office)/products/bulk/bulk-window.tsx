"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useCounted } from "@/components/use-counted";
import type { ActionFailure } from "@/lib/auth/action";
import type { BulkPreview, SelectionInput } from "@/lib/repricing/bulk/bulk-model";
import { previewBulk, startBulk } from "./actions";
import { BulkFields } from "./bulk-fields";
import { BulkForecast } from "./bulk-forecast";
import { type BulkButton, changeFrom, draftFor } from "./bulk-kinds";

type Props = {
  button: BulkButton;
  count: number;
  selection: SelectionInput;
  onClose: () => void;
  onStarted: () => void;
};

type Failure = Pick<ActionFailure, "text" | "fields">;

const looks: Partial<Record<BulkButton, { className: string }>> = {
  rule: { className: "max-w-2xl" },
};

const errorsOf = (failure: Failure | null): Failure["fields"] => failure?.fields ?? {};

/** Asks what to set, says what would come of it, and only then does it. */
export function BulkWindow({ button, count, selection, onClose, onStarted }: Props) {
  const t = useTranslations();
  const counted = useCounted();
  const needsFields = button !== "on" && button !== "off";
  const [draft, setDraft] = useState(() => draftFor(button));
  const [preview, setPreview] = useState<BulkPreview | null>(null);
  const [confirm, setConfirm] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();

  const change = changeFrom(button, draft);
  const lost = { ok: false as const, failure: { text: t("errors.no_connection"), fields: {} } };
  const look = (confirmed = false) =>
    startTransition(async () => {
      const asked = { selection, change, confirm: confirmed };
      const answer = await previewBulk(asked).catch(() => lost);
      setPreview(answer.ok ? answer.value : null);
      setFailure(answer.ok ? null : answer.failure);
    });
  const start = () =>
    startTransition(async () => {
      const request = { selection, change, confirm, seen: preview?.total };
      const answer = await startBulk(request).catch(() => lost);
      if (!answer.ok) {
        setPreview(null);
        return setFailure(answer.failure);
      }
      onClose();
      onStarted();
    });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the window opens.
  useEffect(() => {
    if (!needsFields) look();
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (preview) start();
    else look();
  };
  const changes = preview ? preview.changes - (confirm ? 0 : preview.doubtful) : 0;
  const errors = errorsOf(failure);
  const fieldError = errors["change.value"];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`list.bulk.title.${button}`)}
      lead={t("list.bulk.selected", counted(count))}
      {...looks[button]}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {needsFields && (
          <BulkFields
            button={button}
            draft={draft}
            error={fieldError}
            errors={errors}
            onChange={(next) => {
              setDraft(next);
              setPreview(null);
              setConfirm(false);
              setFailure(null);
            }}
          />
        )}
        {failure && !fieldError && <Notice tone="red">{failure.text}</Notice>}
        {!preview && !needsFields && !failure && <Skeleton className="h-16" />}
        {preview && <BulkForecast preview={preview} confirm={confirm} />}
        {preview && preview.doubtful > 0 && (
          <Checkbox
            checked={confirm}
            onChange={({ target }) => {
              setConfirm(target.checked);
              // Doubtful floors are foreseen only once they are meant.
              look(target.checked);
            }}
          >
            {t("list.bulk.confirmLow", counted(preview.doubtful))}
          </Checkbox>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("common.actions.cancel")}</Button>
          {preview ? (
            <Button type="submit" look="primary" pending={pending} disabled={changes === 0}>
              {changes === 0
                ? t("list.bulk.nothing")
                : t(`list.bulk.act.${needsFields ? "change" : button}`, counted(changes))}
            </Button>
          ) : (
            <Button type="submit" look="primary" pending={pending}>
              {t("list.bulk.look")}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
