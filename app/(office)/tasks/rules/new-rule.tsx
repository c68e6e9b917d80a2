"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type Person, priorities } from "@/lib/tasks/model";
import { ruleKinds } from "@/lib/tasks/rule-kind-model";
import { SettingsForm } from "../../settings/settings-form";
import { add } from "./actions";
import { offeredDue, useDueWords } from "./due-words";

type Named = { id: string; name: string };
type Props = { lists: readonly Named[]; people: readonly Person[]; stores: readonly Named[] };

const options = (named: readonly Named[]) =>
  named.map(({ id, name }) => ({ value: id, label: name }));

export function NewRule(props: Props) {
  const t = useTranslations("tasks.rules");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("new")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("new")} lead={t("newLead")}>
        <RuleForm {...props} onMade={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RuleForm({ lists, people, stores, onMade }: Props & { onMade: () => void }) {
  const t = useTranslations("tasks");
  const dueWords = useDueWords();
  const submit = (said: Record<string, string>) =>
    add({
      noticeKind: ruleKinds.find((kind) => kind === said.noticeKind) ?? ruleKinds[0],
      storeId: said.storeId || null,
      categoryId: said.categoryId ?? "",
      personId: said.personId ?? "",
      priority: priorities.find((one) => one === said.priority) ?? "normal",
      dueMinutes: Number(said.dueMinutes),
    });
  const fields = {
    noticeKind: { label: t("rules.when"), options: ruleKinds.map(kindOption) },
    storeId: {
      label: t("rules.store"),
      options: [{ value: "", label: t("rules.anyStore") }, ...options(stores)],
    },
    categoryId: { label: t("rules.list"), options: options(lists) },
    personId: { label: t("rules.person"), options: options(people) },
    dueMinutes: {
      label: t("rules.due"),
      options: offeredDue.map((minutes) => ({ value: `${minutes}`, label: dueWords(minutes) })),
    },
    priority: {
      label: t("priority.label"),
      options: priorities.map((one) => ({ value: one, label: t(`priority.${one}`) })),
    },
  };
  function kindOption(kind: (typeof ruleKinds)[number]) {
    return { value: kind, label: t(`rules.kinds.${kind}`) };
  }
  const usual: Record<string, string> = { dueMinutes: "120", priority: "normal" };
  return (
    <SettingsForm save={submit} after={onMade} act={t("rules.make")}>
      {(errors) =>
        Object.entries(fields).map(([name, field]) => (
          <Field key={name} label={field.label} error={errors[name]}>
            {(wiring) => (
              <Select
                {...wiring}
                name={name}
                options={field.options}
                {...(usual[name] && { defaultValue: usual[name] })}
              />
            )}
          </Field>
        ))
      }
    </SettingsForm>
  );
}
