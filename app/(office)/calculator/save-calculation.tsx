"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import type { Texts } from "@/lib/calculator/field-model";
import { save as keep } from "./actions";

/** Keeps what stands in the fields, by a name. */
export function SaveCalculation({ texts }: { texts: Texts }) {
  const t = useTranslations("calculator.save");
  const { save, pending, fields, failure } = useFormSave();
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(() => keep({ name, texts }), { text: t("done"), after: () => setName("") });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      {failure && <Notice tone="red">{failure}</Notice>}
      <Field label={t("name")} error={fields.name}>
        {(wiring) => (
          <Input
            {...wiring}
            name="name"
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Button type="submit" pending={pending} className="self-start">
        {t("act")}
      </Button>
    </form>
  );
}
