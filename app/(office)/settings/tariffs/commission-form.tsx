"use client";

import { useTranslations } from "next-intl";
import { SettingsForm } from "../settings-form";
import { saveRates } from "./actions";
import { type CommissionRow, CommissionTable, ratePrefix } from "./commission-table";
import { SinceFields } from "./since-fields";

type Props = { rows: readonly CommissionRow[]; storeId: string | null; today: string };

/** New rates for as many categories as one likes, all from one day on. */
export function CommissionForm({ rows, storeId, today }: Props) {
  const t = useTranslations("costs.page");
  return (
    <SettingsForm
      save={({ validFrom = "", source = "", ...typed }) => {
        const rates = Object.entries(typed)
          .filter(([name, rate]) => name.startsWith(ratePrefix) && rate.trim() !== "")
          .map(([name, rate]) => ({ category: name.slice(ratePrefix.length), rate }));
        return saveRates({ kind: "commission", storeId, validFrom, source, rates });
      }}
      saved={t("saved")}
      clears
      act={t("saveRates")}
    >
      {(errors) => {
        const wrong = Object.entries(errors).find(([path]) => path.startsWith("rates"));
        return (
          <>
            <CommissionTable rows={rows} isForm />
            {wrong && (
              <p role="alert" className="text-red text-sm">
                {wrong[1]}
              </p>
            )}
            <SinceFields today={today} errors={errors} />
          </>
        );
      }}
    </SettingsForm>
  );
}
