"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { useFormSave } from "@/components/ui/use-form-save";
import { type CancelReason, cancelReasons } from "@/lib/orders/cancel-model";
import { changeOrder } from "../actions";
import type { ChangeProps } from "./assemble-window";

/** Cancels for good: Kaspi counts it against the shop, so the reason is asked and the harm is named. */
export function CancelWindow({ orderId, seen }: ChangeProps) {
  const t = useTranslations("orders");
  const { save, pending, fields, failure } = useFormSave();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<CancelReason>("BUYER_CANCELLATION_BY_MERCHANT");
  const [comment, setComment] = useState("");
  const cancel = () => changeOrder({ orderId, seen, change: { kind: "cancel", reason, comment } });
  return (
    <>
      <Button look="ghost" onClick={() => setOpen(true)}>
        {t("act.cancel")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("act.cancelTitle")}>
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save(cancel, { text: t("act.cancelled"), after: () => setOpen(false) });
          }}
        >
          <Notice tone="amber">{t("act.cancelText")}</Notice>
          <Field label={t("act.reason")}>
            {(wiring) => (
              <Select
                {...wiring}
                value={reason}
                options={cancelReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
                onChange={({ target }) =>
                  setReason(cancelReasons.find((one) => one === target.value) ?? reason)
                }
              />
            )}
          </Field>
          <Field label={t("act.comment")} error={fields["change.comment"]}>
            {(wiring) => (
              <TextArea
                {...wiring}
                value={comment}
                maxLength={1_000}
                onChange={({ target }) => setComment(target.value)}
              />
            )}
          </Field>
          {failure && <Notice tone="red">{failure}</Notice>}
          <Button type="submit" look="danger" pending={pending} className="self-end">
            {t("act.cancel")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
