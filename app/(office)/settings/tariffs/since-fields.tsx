"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = { today: string; errors: Record<string, string> };

/** From which day it counts, and where the figures are from. */
export function SinceFields({ today, errors }: Props) {
  const t = useTranslations("costs.page");
  return (
    <div className="grid gap-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <Field label={t("validFrom")} error={errors.validFrom}>
        {(wiring) => <Input {...wiring} type="date" name="validFrom" defaultValue={today} />}
      </Field>
      <Field label={t("source")} hint={t("sourceHint")} error={errors.source}>
        {(wiring) => <Input {...wiring} name="source" autoComplete="off" maxLength={300} />}
      </Field>
    </div>
  );
}
