"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SettingsForm } from "../../settings/settings-form";
import { rename } from "./actions";

export function RenameList({ list }: { list: { id: string; name: string } }) {
  const t = useTranslations("tasks.list");
  const [open, setOpen] = useState(false);
  const words = t("renameOf", { name: list.name });
  return (
    <>
      <Button size="sm" aria-label={words} onClick={() => setOpen(true)}>
        {t("rename")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={words}>
        <SettingsForm
          save={({ name = "" }) => rename({ categoryId: list.id, name })}
          after={() => setOpen(false)}
          act={t("save")}
        >
          {(errors) => (
            <Field label={t("name")} error={errors.name}>
              {(wiring) => (
                <Input {...wiring} name="name" autoComplete="off" defaultValue={list.name} />
              )}
            </Field>
          )}
        </SettingsForm>
      </Dialog>
    </>
  );
}
