"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { FormOutcome } from "@/components/ui/use-form-save";
import { useCounted } from "@/components/use-counted";
import { tagsIn } from "@/lib/mailings/recipients/recipient-list-model";
import type { Chosen } from "@/lib/mailings/recipients/recipient-model";
import { SettingsForm } from "../../settings/settings-form";
import { tagMany } from "./actions";

type Props = { chosen: Chosen; count: number; onDone: () => void };

const names = ["add", "remove"] as const;

/** What is wrong with one of them stands at the field of all. */
const errorAt = (errors: Record<string, string>, name: string) =>
  Object.entries(errors).find(([path]) => path === name || path.startsWith(`${name}.`))?.[1];

/** Tags for many at once, given and taken. */
export function TagMany({ chosen, count, onDone }: Props) {
  const t = useTranslations("recipients.many");
  const toast = useToast();
  const counted = useCounted();
  const [open, setOpen] = useState(false);
  const save = async (said: Record<string, string>): Promise<FormOutcome> => {
    const [add, remove] = names.map((name) => tagsIn(said[name] ?? ""));
    if (!add?.length && !remove?.length)
      return { ok: false, failure: { text: "", fields: { add: t("tagNothing") } } };
    const outcome = await tagMany({ ...chosen, add: add ?? [], remove: remove ?? [] });
    if (!outcome.ok) return outcome;
    const { done, skipped } = outcome.value;
    const full = skipped > 0 ? ` ${t("full", counted(skipped))}` : "";
    toast({ text: `${t("tagged", counted(done))}${full}` });
    return outcome;
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("tag")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("tagTitle", counted(count))}>
        <SettingsForm
          save={save}
          act={t("tagAct")}
          after={() => {
            setOpen(false);
            onDone();
          }}
        >
          {(errors) =>
            names.map((name) => (
              <Field
                key={name}
                label={t(`${name}Tags`)}
                hint={t(`${name}Hint`)}
                error={errorAt(errors, name)}
              >
                {(wiring) => <Input {...wiring} name={name} autoComplete="off" />}
              </Field>
            ))
          }
        </SettingsForm>
      </Dialog>
    </>
  );
}
