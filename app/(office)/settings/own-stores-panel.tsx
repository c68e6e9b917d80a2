"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { useFormSave } from "@/components/ui/use-form-save";
import { followWays, leadWays } from "@/lib/workspace/lead-model";
import type { Settings } from "@/lib/workspace/model";
import { saveOwnStores } from "./actions";
import { StoreOrder } from "./store-order";

type Policy = Pick<Settings, "leadBy" | "leadOrder" | "followers">;
type Props = { policy: Policy; stores: readonly { id: string; name: string }[] };

/** Which of several own stores on one card goes for the first place. */
export function OwnStoresPanel({ policy: stored, stores }: Props) {
  const t = useTranslations("ownStores.settings");
  const [policy, setPolicy] = useState(stored);
  const { save, pending, failure } = useFormSave();
  const change = (part: Partial<Policy>) => setPolicy({ ...policy, ...part });
  return (
    <Panel title={t("title")} className="xl:col-span-2">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save(() => saveOwnStores(policy), { text: t("saved") });
        }}
      >
        {failure && <Notice tone="red">{failure}</Notice>}
        <p className="text-ink-soft">{t("lead")}</p>
        <div className="grid items-start gap-x-6 gap-y-4 xl:grid-cols-2">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("leadBy.label")} hint={t(`leadByHint.${policy.leadBy}`)}>
              {(wiring) => (
                <Select
                  {...wiring}
                  value={policy.leadBy}
                  options={leadWays.map((value) => ({ value, label: t(`leadBy.${value}`) }))}
                  onChange={({ target }) =>
                    change({ leadBy: leadWays.find((way) => way === target.value) ?? "stock" })
                  }
                />
              )}
            </Field>
            <Field label={t("followers.label")} hint={t("reach")}>
              {(wiring) => (
                <Select
                  {...wiring}
                  value={policy.followers}
                  options={followWays.map((value) => ({ value, label: t(`followers.${value}`) }))}
                  onChange={({ target }) =>
                    change({
                      followers: followWays.find((way) => way === target.value) ?? "behind",
                    })
                  }
                />
              )}
            </Field>
          </div>
          <StoreOrder
            stores={stores}
            order={policy.leadOrder}
            onOrder={(leadOrder) => change({ leadOrder })}
          />
        </div>
        <div className="flex justify-end">
          <Button type="submit" look="primary" pending={pending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
