"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { MoneyInput } from "@/components/money-input";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import type { ActionFailure } from "@/lib/auth/action";
import type { PreorderPreview } from "@/lib/preorders/model";
import type { SelectionInput } from "@/lib/repricing/bulk/bulk-model";
import { makePreorders, previewPreorders } from "./actions";
import { LeftOutList } from "./left-out-list";
import { type PointDraft, PointFields, pointsError } from "./point-fields";

type Props = {
  count: number;
  selection: SelectionInput;
  onClose: () => void;
  onMade: () => void;
};
type Failure = Pick<ActionFailure, "text" | "fields">;

/** One form for all chosen products: days and pieces by point, who is left out, and only then the drafts. */
export function NewPreordersWindow({ count, selection, onClose, onMade }: Props) {
  const t = useTranslations("preorders");
  const tErrors = useTranslations("errors");
  const tActions = useTranslations("common.actions");
  const counted = useCounted();
  const toast = useToast();
  const [preview, setPreview] = useState<PreorderPreview | null>(null);
  const [days, setDays] = useState("");
  const [points, setPoints] = useState<PointDraft[]>([]);
  const [price, setPrice] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();
  const lost = { ok: false as const, failure: { text: tErrors("no_connection"), fields: {} } };

  const look = (storeId: string | null) =>
    startTransition(async () => {
      const asked = { selection, storeId, price };
      const answer = await previewPreorders(asked).catch(() => lost);
      setFailure(answer.ok ? null : answer.failure);
      if (!answer.ok) return;
      setPreview(answer.value);
      if (answer.value.storeId !== preview?.storeId)
        setPoints(answer.value.points.map((point) => ({ ...point, quantity: "" })));
    });
  const make = (send: boolean) =>
    startTransition(async () => {
      if (!preview) return;
      const given = points.map(({ pointId, quantity }) => ({ pointId, quantity }));
      const { storeId } = preview;
      const wanted = { selection, storeId, price, leadDays: days, points: given, send };
      const answer = await makePreorders(wanted).catch(() => lost);
      if (!answer.ok) return setFailure(answer.failure);
      const { made, refused } = answer.value;
      toast({ text: t("done.made", counted(made)) });
      if (refused > 0) toast({ tone: "red", text: t("done.refused", counted(refused)) });
      onClose();
      onMade();
    });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the window opens.
  useEffect(() => look(null), []);

  const fields = failure?.fields ?? {};
  const wants = preview?.left.some(({ why }) => why === "no_price") ?? false;
  const makesNone = !preview || (preview.makes === 0 && price === null);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("form.title")}
      lead={t("form.lead", counted(count))}
      className="max-w-2xl"
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          make(true);
        }}
      >
        {!preview && !failure && <Skeleton className="h-56" />}
        {preview && preview.stores.length > 1 && (
          <Field label={t("form.store")}>
            {(wiring) => (
              <Select
                {...wiring}
                value={preview.storeId}
                options={preview.stores.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={({ target }) => look(target.value)}
              />
            )}
          </Field>
        )}
        {preview && (
          <>
            <Field label={t("form.days")} hint={t("form.daysHint")} error={fields.leadDays}>
              {(wiring) => (
                <Input
                  {...wiring}
                  inputMode="numeric"
                  autoComplete="off"
                  value={days}
                  onChange={({ target }) => {
                    setDays(target.value);
                    setFailure(null);
                  }}
                  className="w-24 text-right"
                />
              )}
            </Field>
            <PointFields
              points={points}
              error={pointsError(fields)}
              onChange={(next) => {
                setPoints(next);
                setFailure(null);
              }}
            />
            {wants && (
              <Field label={t("form.price")} hint={t("form.priceHint")} error={fields.price}>
                {(wiring) => (
                  <MoneyInput
                    {...wiring}
                    className="w-44"
                    onTyped={(typed) => setPrice(typed.ok ? typed.amount : null)}
                  />
                )}
              </Field>
            )}
            <LeftOutList preview={preview} />
          </>
        )}
        {failure && Object.keys(fields).length === 0 && <Notice tone="red">{failure.text}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{tActions("cancel")}</Button>
          <Button pending={pending} disabled={makesNone} onClick={() => make(false)}>
            {t("form.draft")}
          </Button>
          <Button type="submit" look="primary" pending={pending} disabled={makesNone}>
            {t("form.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
