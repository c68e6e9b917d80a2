"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import { changeOrder } from "../actions";
import type { ChangeProps } from "./assemble-window";

/** Handed over: Kaspi sends the buyer a code, the buyer says it. */
export function CompleteWindow({ orderId, seen }: ChangeProps) {
  const t = useTranslations("orders.act");
  const sending = useFormSave();
  const { save, pending, fields, failure } = useFormSave();
  const [open, setOpen] = useState(false);
  const [isSent, setIsSent] = useState(false);
  const [code, setCode] = useState("");
  const sendCode = () => changeOrder({ orderId, seen, change: { kind: "send_code" } });
  const complete = () => changeOrder({ orderId, seen, change: { kind: "complete", code } });
  const words = failure ?? sending.failure;
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("complete")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("completeTitle")}
        lead={t("completeText")}
      >
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save(complete, { text: t("completed"), after: () => setOpen(false) });
          }}
        >
          <Button
            pending={sending.pending}
            className="self-start"
            onClick={() =>
              sending.save(sendCode, { text: t("codeSent"), after: () => setIsSent(true) })
            }
          >
            {t(isSent ? "sendAgain" : "sendCode")}
          </Button>
          <Field label={t("code")} hint={t("codeHint")} error={fields["change.code"]}>
            {(wiring) => (
              <Input
                {...wiring}
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                onChange={({ target }) => setCode(target.value)}
                className="w-32"
              />
            )}
          </Field>
          {words && <Notice tone="red">{words}</Notice>}
          <Button type="submit" look="primary" pending={pending} className="self-end">
            {t("complete")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
