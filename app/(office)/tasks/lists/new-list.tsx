"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SettingsForm } from "../../settings/settings-form";
import { make } from "./actions";

export function NewList() {
  const t = useTranslations("tasks.list");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("new")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("new")}>
        <SettingsForm
          save={({ name = "" }) => make({ name })}
          after={() => setOpen(false)}
          act={t("make")}
        >
          {(errors) => (
            <Field label={t("name")} error={errors.name}>
              {(wiring) => <Input {...wiring} name="name" autoComplete="off" />}
            </Field>
          )}
        </SettingsForm>
      </Dialog>
    </>
  );
}
