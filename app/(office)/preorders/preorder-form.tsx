"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { MoneyInput } from "@/components/money-input";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import { savePreorder } from "./actions";
import { PointFields, pointsError } from "./point-fields";
import type { PreorderLine } from "./preorder-line";

/** Days, points and price of an open preorder; one that is at Kaspi goes out again. */
export function PreorderForm({ line }: { line: PreorderLine }) {
  const t = useTranslations("preorders");
  const { save, pending, fields, failure } = useFormSave();
  const [days, setDays] = useState(String(line.leadDays));
  const [points, setPoints] = useState(() =>
    line.choice.map(({ quantity, ...point }) => ({ ...point, quantity: String(quantity || "") })),
  );
  const [isPriceTyped, setPriceTyped] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const given = {
      preorderId: line.id,
      leadDays: days,
      points: points.map(({ pointId, quantity }) => ({ pointId, quantity })),
      // A price nobody has touched is not named: it may be of yesterday.
      price: isPriceTyped ? String(data.get("price")) : "",
      confirm: data.has("confirm"),
    };
    save(() => savePreorder(given), { text: t("done.saved") });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4 border-t pt-4">
      <h3 className="font-semibold">{t("panel.edit")}</h3>
      <Field label={t("form.days")} hint={t("form.daysHint")} error={fields.leadDays}>
        {(wiring) => (
          <Input
            {...wiring}
            inputMode="numeric"
            autoComplete="off"
            value={days}
            onChange={({ target }) => setDays(target.value)}
            className="w-24 text-right"
          />
        )}
      </Field>
      <PointFields points={points} error={pointsError(fields)} onChange={setPoints} />
      <Field label={t("form.priceOne")} hint={t("form.priceHint")} error={fields.price}>
        {(wiring) => (
          <MoneyInput
            {...wiring}
            name="price"
            initial={line.price}
            onTyped={() => setPriceTyped(true)}
            className="w-44"
          />
        )}
      </Field>
      {failure && <Notice tone="red">{failure}</Notice>}
      {failure && <Checkbox name="confirm">{t("form.confirm")}</Checkbox>}
      <Button type="submit" pending={pending} className="self-start">
        {t(line.status === "draft" ? "act.save" : "act.saveAndSend")}
      </Button>
    </form>
  );
}
