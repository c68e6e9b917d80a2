"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type RuleSource, RuleSourceWindow } from "@/components/repricing/rule-source-window";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { findRuleSources } from "../../rules/actions";

type Props = { from: RuleSource | null; onChoose: (from: RuleSource | null) => void };

/** Whose rule the chosen products take: their store's, or another product's. */
export function BulkSource({ from, onChoose }: Props) {
  const t = useTranslations("list.bulk.copy");
  const [asked, setAsked] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <SegmentedControl
        label={t("label")}
        value={from ? "product" : "store"}
        options={(["store", "product"] as const).map((value) => ({ value, label: t(value) }))}
        onChoose={(value) => (value === "store" ? onChoose(null) : setAsked(true))}
      />
      {from && (
        <Button onClick={() => setAsked(true)} className="self-start" aria-label={t("choose")}>
          {from.name}
        </Button>
      )}
      <p className="text-ink-soft text-sm">{t("hint")}</p>
      {asked && (
        <RuleSourceWindow
          find={findRuleSources}
          onClose={() => setAsked(false)}
          onChoose={async (source) => {
            onChoose(source);
            setAsked(false);
            return null;
          }}
        />
      )}
    </div>
  );
}
