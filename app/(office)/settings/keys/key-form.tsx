"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { type GivenScope, keyLives } from "@/lib/auth/api-key-scope-model";
import { SettingsForm } from "../settings-form";
import { create } from "./actions";
import { ScopeBoxes } from "./scope-boxes";

/** A key that nobody renews is found out within a season. */
const USUAL_LIFE = "90";

export function KeyForm({ onMade }: { onMade: (key: string) => void }) {
  const t = useTranslations("keys.form");
  const [scopes, setScopes] = useState<GivenScope[]>(["read"]);
  const submit = async (typed: Record<string, string>) => {
    const { name = "", life = "", current = "" } = typed;
    const outcome = await create({
      name,
      current,
      scopes,
      life: keyLives.find((known) => known === life) ?? USUAL_LIFE,
    });
    if (outcome.ok) onMade(outcome.value.key);
    return outcome;
  };
  return (
    <SettingsForm save={submit} act={t("make")}>
      {(errors) => (
        <>
          <Field label={t("name")} hint={t("nameHint")} error={errors.name}>
            {(wiring) => <Input {...wiring} name="name" autoComplete="off" />}
          </Field>
          <ScopeBoxes chosen={scopes} onChange={setScopes} error={errors.scopes} />
          <Field label={t("life")}>
            {(wiring) => (
              <Select
                {...wiring}
                name="life"
                defaultValue={USUAL_LIFE}
                options={keyLives.map((value) => ({ value, label: t(`lives.${value}`) }))}
              />
            )}
          </Field>
          <Field label={t("password")} error={errors.current}>
            {(wiring) => (
              <PasswordInput {...wiring} name="current" autoComplete="current-password" />
            )}
          </Field>
        </>
      )}
    </SettingsForm>
  );
}
