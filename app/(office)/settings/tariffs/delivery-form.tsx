"use client";

import { TrashIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { deliveryScopes } from "@/lib/costs/scope-model";
import { SettingsForm } from "../settings-form";
import { saveDelivery } from "./actions";
import { SinceFields } from "./since-fields";

type Band = {
  scope: (typeof deliveryScopes)[number];
  priceFrom: string;
  weightTo: string;
  fee: string;
};
type Line = Band & { key: number };
type Props = { storeId: string | null; today: string; initial: readonly Band[] };

const fields = ["priceFrom", "weightTo", "fee"] as const;
const empty: Band = { scope: "city", priceFrom: "", weightTo: "", fee: "" };

/** The whole table as it is from a day on; it begins with the one that counts. */
export function DeliveryForm({ storeId, today, initial }: Props) {
  const t = useTranslations("costs.page");
  const [lines, setLines] = useState<Line[]>(() =>
    (initial.length > 0 ? initial : [empty]).map((band, key) => ({ ...band, key })),
  );
  const change = (key: number, part: Partial<Band>) =>
    setLines((all) => all.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const add = () =>
    setLines((all) => {
      const last = all.at(-1);
      const key = Math.max(-1, ...all.map((line) => line.key)) + 1;
      return [...all, { ...empty, ...(last && { scope: last.scope }), key }];
    });
  return (
    <SettingsForm
      save={({ validFrom = "", source = "" }) =>
        saveDelivery({
          storeId,
          validFrom,
          source,
          bands: lines.map(({ key: _, ...band }) => band),
        })
      }
      saved={t("saved")}
      act={t("saveTable")}
    >
      {(errors) => (
        <>
          <div className="md:overflow-x-auto">
            <table className="w-full text-sm max-md:block md:min-w-120">
              <caption className="sr-only">{t("newTable")}</caption>
              <thead className="text-ink-faint text-xs max-md:hidden">
                <tr>
                  <th className="py-1 text-left font-normal">{t("band.scope")}</th>
                  {fields.map((name) => (
                    <th key={name} className="py-1 pl-2 text-right font-normal">
                      {t(`band.${name}`)}
                    </th>
                  ))}
                  <td />
                </tr>
              </thead>
              <tbody className="max-md:block">
                {lines.map((line, nth) => {
                  const wrong = fields.map((name) => errors[`bands.${nth}.${name}`]).find(Boolean);
                  return (
                    <tr
                      key={line.key}
                      className="align-top max-md:grid max-md:grid-cols-[1fr_1fr_1fr_auto] max-md:items-end max-md:gap-x-2 max-md:border-t max-md:py-2"
                    >
                      <td className="py-1 max-md:col-span-4">
                        <Select
                          aria-label={t("band.scopeOf", { nth: nth + 1 })}
                          value={line.scope}
                          options={deliveryScopes.map((value) => ({
                            value,
                            label: t(`scope.${value}`),
                          }))}
                          onChange={({ target }) =>
                            change(line.key, { scope: target.value as Band["scope"] })
                          }
                        />
                        {wrong && <p className="text-red text-xs">{wrong}</p>}
                      </td>
                      {fields.map((name) => (
                        <td key={name} className="py-1 md:pl-2 md:text-right">
                          <span aria-hidden="true" className="text-ink-faint text-xs md:hidden">
                            {t(`band.${name}`)}
                          </span>
                          <Input
                            aria-label={t(`band.${name}Of`, { nth: nth + 1 })}
                            aria-invalid={errors[`bands.${nth}.${name}`] ? true : undefined}
                            inputMode="numeric"
                            autoComplete="off"
                            value={line[name]}
                            onChange={({ target }) => change(line.key, { [name]: target.value })}
                            className="w-full text-right md:w-24"
                          />
                        </td>
                      ))}
                      <td className="py-1 pl-1">
                        <IconButton
                          label={t("band.remove", { nth: nth + 1 })}
                          icon={<TrashIcon />}
                          onClick={() =>
                            setLines((all) => all.filter(({ key }) => key !== line.key))
                          }
                        />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
          {errors.bands && <p className="text-red text-sm">{errors.bands}</p>}
          <Button size="sm" onClick={add} className="self-start">
            {t("band.add")}
          </Button>
          <p className="text-ink-faint text-sm">{t("band.hint")}</p>
          <SinceFields today={today} errors={errors} />
        </>
      )}
    </SettingsForm>
  );
}
