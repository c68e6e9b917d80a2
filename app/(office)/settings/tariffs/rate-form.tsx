"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SettingsForm } from "../settings-form";
import { saveRates } from "./actions";
import { SinceFields } from "./since-fields";

type Props = { kind: "kaspi_pay" | "tax"; storeId: string | null; today: string };

/** Another rate from a day on; the same day again takes the place of the one before. */
export function RateForm({ kind, storeId, today }: Props) {
  const t = useTranslations("costs.page");
  return (
    <SettingsForm
      save={({ rate = "", validFrom = "", source = "" }) =>
        saveRates({ kind, storeId, validFrom, source, rates: [{ category: "", rate }] })
      }
      saved={t("saved")}
      clears
      act={t("add")}
    >
      {(errors) => (
        <>
          <Field label={t(`rate.${kind}`)} error={errors["rates.0.rate"]}>
            {(wiring) => (
              <div className="relative w-32">
                <Input {...wiring} name="rate" inputMode="decimal" className="pr-8 text-right" />
                <span
                  aria-hidden="true"
                  className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-ink-faint"
                >
                  %
                </span>
              </div>
            )}
          </Field>
          <SinceFields today={today} errors={errors} />
        </>
      )}
    </SettingsForm>
  );
}
