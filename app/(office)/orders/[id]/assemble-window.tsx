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

export type ChangeProps = { orderId: string; seen: { state: string; status: string } };

/** Packed: into how many parcels. */
export function AssembleWindow({ orderId, seen }: ChangeProps) {
  const t = useTranslations("orders.act");
  const { save, pending, fields, failure } = useFormSave();
  const [open, setOpen] = useState(false);
  const [parcels, setParcels] = useState("1");
  const send = () => changeOrder({ orderId, seen, change: { kind: "assemble", parcels } });
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("assemble")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("assembleTitle")}
        lead={t("assembleText")}
      >
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save(send, { text: t("assembled"), after: () => setOpen(false) });
          }}
        >
          <Field label={t("parcels")} error={fields["change.parcels"]}>
            {(wiring) => (
              <Input
                {...wiring}
                inputMode="numeric"
                autoComplete="off"
                value={parcels}
                onChange={({ target }) => setParcels(target.value)}
                className="w-24 text-right"
              />
            )}
          </Field>
          {failure && <Notice tone="red">{failure}</Notice>}
          <Button type="submit" look="primary" pending={pending} className="self-end">
            {t("assemble")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
