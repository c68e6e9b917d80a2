"use client";

import { useTranslations } from "next-intl";
import type { CostTexts } from "@/components/costs/cost-fields";
import { CostInputs } from "@/components/costs/cost-inputs";
import { SettingsForm } from "../settings-form";
import { saveUsual } from "./actions";
import { SinceFields } from "./since-fields";

type Props = { storeId: string | null; today: string; values: CostTexts };
type Usual = Parameters<typeof saveUsual>[0]["usual"];

export function UsualForm({ storeId, today, values }: Props) {
  const t = useTranslations("costs.page");
  return (
    <SettingsForm
      save={({ validFrom = "", source = "", ...usual }) =>
        saveUsual({ storeId, validFrom, source, usual: usual as Usual })
      }
      saved={t("saved")}
      act={t("add")}
    >
      {(errors) => (
        <>
          <CostInputs values={values} errorOf={(name) => errors[`usual.${name}`]} />
          <SinceFields today={today} errors={errors} />
        </>
      )}
    </SettingsForm>
  );
}
