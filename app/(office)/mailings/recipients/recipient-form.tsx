"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TextArea } from "@/components/ui/text-area";
import type { FormOutcome } from "@/components/ui/use-form-save";
import { tagsIn, tagsText } from "@/lib/mailings/recipients/recipient-list-model";
import { SettingsForm } from "../../settings/settings-form";

export type Written = { email: string; fullName: string; comment: string; tags: string[] };

type Props = {
  values: Written;
  save: (written: Written) => Promise<FormOutcome>;
  saved: string;
  after: () => void;
};

/** What is wrong with one tag stands at the field of all of them. */
const atTags = (errors: Record<string, string>) =>
  Object.entries(errors).find(([path]) => path === "tags" || path.startsWith("tags."))?.[1];

export function RecipientForm({ values, save, saved, after }: Props) {
  const t = useTranslations("recipients.form");
  const submit = ({ email = "", fullName = "", comment = "", tags = "" }: Record<string, string>) =>
    save({ email, fullName, comment, tags: tagsIn(tags) });
  return (
    <SettingsForm save={submit} saved={saved} after={after} act={t("save")}>
      {(errors) => (
        <>
          <Field label={t("email")} error={errors.email}>
            {(wiring) => (
              <Input
                {...wiring}
                name="email"
                type="email"
                autoComplete="off"
                defaultValue={values.email}
              />
            )}
          </Field>
          <Field label={t("name")} hint={t("nameHint")} error={errors.fullName}>
            {(wiring) => (
              <Input
                {...wiring}
                name="fullName"
                autoComplete="off"
                defaultValue={values.fullName}
              />
            )}
          </Field>
          <Field label={t("tags")} hint={t("tagsHint")} error={atTags(errors)}>
            {(wiring) => (
              <Input
                {...wiring}
                name="tags"
                autoComplete="off"
                defaultValue={tagsText(values.tags)}
              />
            )}
          </Field>
          <Field label={t("comment")} hint={t("commentHint")} error={errors.comment}>
            {(wiring) => <TextArea {...wiring} name="comment" defaultValue={values.comment} />}
          </Field>
        </>
      )}
    </SettingsForm>
  );
}
