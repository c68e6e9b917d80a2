"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { useFormSave } from "@/components/ui/use-form-save";
import { historyChoices } from "@/lib/orders/history-model";
import { setOrderHistory } from "./actions";

type Props = { storeId: string; days: number };

/** How far back the store's orders are read. */
export function OrderHistoryPanel({ storeId, days }: Props) {
  const t = useTranslations("stores.page.orderHistory");
  const { save, pending, fields, failure } = useFormSave();
  const [chosen, setChosen] = useState(historyChoices.find((choice) => choice === String(days)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) save(() => setOrderHistory({ storeId, days: chosen }), { text: t("saved") });
  };
  const options = historyChoices.map((choice) => ({
    value: choice,
    label: t("days", { days: Number(choice) }),
  }));
  return (
    <Panel title={t("title")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        {failure && <Notice tone="red">{failure}</Notice>}
        <Field label={t("label")} hint={t("hint")} error={fields.days}>
          {(wiring) => (
            <Select
              {...wiring}
              value={chosen}
              onChange={(event) =>
                setChosen(historyChoices.find((choice) => choice === event.target.value))
              }
              options={options}
            />
          )}
        </Field>
        <Button type="submit" pending={pending} className="self-start">
          {t("save")}
        </Button>
      </form>
    </Panel>
  );
}
