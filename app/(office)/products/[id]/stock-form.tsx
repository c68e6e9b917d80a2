"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import type { PointStock } from "@/lib/products/stock-queries";
import { saveStocks } from "../actions";

type Props = { productId: string; points: readonly PointStock[] };

const textOf = (count: number | null) => (count === null ? "" : String(count));

/** The count at each point; an empty one is not kept here. */
export function StockForm({ productId, points }: Props) {
  const t = useTranslations("tables.stock");
  const { save, pending, fields, failure } = useFormSave();
  // What is not in it was not touched, and shows what is saved as it comes.
  const [typed, setTyped] = useState<Record<string, string>>({});
  const changed = points.filter(
    ({ pointId, count }) => (typed[pointId] ?? textOf(count)).trim() !== textOf(count),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const counts = changed.map(({ pointId }) => ({ pointId, count: typed[pointId] ?? "" }));
    save(() => saveStocks({ productId, counts }), {
      text: t("saved"),
      after: () => setTyped({}),
    });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <p className="text-ink-soft text-sm">{t("lead")}</p>
      {failure && <Notice tone="red">{failure}</Notice>}
      {points.map(({ pointId, label, cityName, count }) => {
        const nth = changed.findIndex((one) => one.pointId === pointId);
        return (
          <Field
            key={pointId}
            label={`${label}, ${cityName}`}
            error={fields[`counts.${nth}.count`]}
          >
            {(wiring) => (
              <Input
                {...wiring}
                inputMode="numeric"
                autoComplete="off"
                placeholder={t("none")}
                value={typed[pointId] ?? textOf(count)}
                onChange={({ target }) => setTyped({ ...typed, [pointId]: target.value })}
              />
            )}
          </Field>
        );
      })}
      {changed.length > 0 && (
        <Button type="submit" pending={pending} className="self-start">
          {t("save")}
        </Button>
      )}
    </form>
  );
}
