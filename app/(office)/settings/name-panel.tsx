"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { saveName } from "./actions";
import { SettingsForm } from "./settings-form";

export function NamePanel({ name, email }: { name: string; email: string }) {
  const t = useTranslations("settings.person");
  return (
    <Panel title={t("title")}>
      <SettingsForm
        save={(values) => saveName({ name: values.name ?? "" })}
        saved={t("saved")}
        act={t("save")}
      >
        {(errors) => (
          <Field label={t("name")} hint={t("hint", { email })} error={errors.name}>
            {(wiring) => <Input {...wiring} name="name" autoComplete="name" defaultValue={name} />}
          </Field>
        )}
      </SettingsForm>
    </Panel>
  );
}
