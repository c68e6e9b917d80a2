"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import { rename } from "./actions";

type Props = { store: { id: string; name: string }; kaspiName: string | null };

/** The name is ours: Kaspi's stays as it is. */
export function RenameStore({ store, kaspiName }: Props) {
  const t = useTranslations("stores.page.rename");
  const [open, setOpen] = useState(false);
  const { save, pending, fields, failure } = useFormSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    save(() => rename({ storeId: store.id, name }), {
      text: t("done"),
      after: () => setOpen(false),
    });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("open")}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("title")} lead={t("lead")}>
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          {failure && <Notice tone="red">{failure}</Notice>}
          <Field
            label={t("name")}
            hint={t("hint", { name: kaspiName ?? store.name })}
            error={fields.name}
          >
            {(wiring) => (
              <Input {...wiring} name="name" defaultValue={store.name} maxLength={100} />
            )}
          </Field>
          <Button type="submit" look="primary" size="lg" pending={pending}>
            {t("save")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
