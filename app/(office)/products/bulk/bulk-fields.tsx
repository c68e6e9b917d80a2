"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { sellersWithin } from "@/components/repricing/rule-draft";
import { RuleDraftFields } from "@/components/repricing/rule-draft-fields";
import { useSellerBook } from "@/components/repricing/use-seller-book";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import { sellerSource } from "../../rules/sources";
import { type BulkButton, type Draft, units } from "./bulk-kinds";
import { BulkSource } from "./bulk-source";

type Props = {
  button: Exclude<BulkButton, "on" | "off">;
  draft: Draft;
  error: string | undefined;
  /** By the field of the change: `change.rule.minRating`. */
  errors: Partial<Record<string, string>>;
  onChange: (draft: Draft) => void;
};

export function BulkFields({ button, draft, error, errors, onChange }: Props) {
  const t = useTranslations("list.bulk");
  if (button === "strategy") {
    return (
      <Field label={t("strategy.label")}>
        {(wiring) => (
          <Select
            {...wiring}
            value={draft.strategy}
            options={(["undercut", "match", "above", ""] as const).map((value) => ({
              value,
              label: t(`strategy.${value || "store"}`),
            }))}
            onChange={({ target }) =>
              onChange({ ...draft, strategy: target.value as Draft["strategy"] })
            }
          />
        )}
      </Field>
    );
  }
  if (button === "floorFromCost") {
    return (
      <Field label={t("floorFromCost.label")} hint={t("floorFromCost.hint")}>
        {(wiring) => (
          <Select
            {...wiring}
            value={draft.floorFromCost}
            options={(["on", "off", ""] as const).map((value) => ({
              value,
              label: t(`floorFromCost.${value || "store"}`),
            }))}
            onChange={({ target }) =>
              onChange({ ...draft, floorFromCost: target.value as Draft["floorFromCost"] })
            }
          />
        )}
      </Field>
    );
  }
  if (button === "rule") {
    return (
      <RuleOfMany
        draft={draft.rule}
        errors={errors}
        onChange={(rule) => onChange({ ...draft, rule })}
      />
    );
  }
  if (button === "copy")
    return <BulkSource from={draft.from} onChoose={(from) => onChange({ ...draft, from })} />;
  const place = button === "step" ? "step" : "limit";
  return (
    <div className="flex flex-col gap-3">
      <SegmentedControl
        label={t("unit.label")}
        value={draft.unit}
        options={units.map((value) => ({ value, label: t(`unit.${place}.${value}`) }))}
        onChoose={(unit) => onChange({ ...draft, unit })}
      />
      {draft.unit !== "clear" && (
        <Field
          label={t(`value.${button}`)}
          hint={draft.unit === "percent" ? t(`hint.${button}`) : undefined}
          error={error}
        >
          {(wiring) => (
            <div className="relative w-44">
              <Input
                {...wiring}
                inputMode="decimal"
                autoComplete="off"
                value={draft.value}
                onChange={({ target }) => onChange({ ...draft, value: target.value })}
                className="pr-8 text-right"
              />
              <span
                aria-hidden="true"
                className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-ink-faint"
              >
                {draft.unit === "percent" ? "%" : "₸"}
              </span>
            </div>
          )}
        </Field>
      )}
    </div>
  );
}

type RuleProps = Pick<ComponentProps<typeof RuleDraftFields>, "draft" | "errors" | "onChange">;

function RuleOfMany(props: RuleProps) {
  const sellers = useSellerBook(sellerSource, sellersWithin(props.draft, defaultRule));
  return <RuleDraftFields {...props} above={defaultRule} level="bulk" sellers={sellers} />;
}
