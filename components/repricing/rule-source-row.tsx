"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/auth/action";
import type { RuleFormTexts } from "@/lib/repricing/rule/rule-form-model";
import { ruleFormValues } from "@/lib/repricing/rule/rule-form-values";
import { levelAbove, type RuleLevel } from "./rule-field-groups";
import { type RuleSource, RuleSourceWindow } from "./rule-source-window";

/** How other products' rules are found and read. */
export type RuleSources = {
  find: (asked: { q: string }) => Promise<ActionResult<{ found: RuleSource[]; hasMore: boolean }>>;
  read: (asked: { productId: string }) => Promise<ActionResult<RuleFormTexts>>;
};

type Props = {
  level: Exclude<RuleLevel, "bulk">;
  sources: RuleSources;
  onTake: (values: RuleFormTexts) => void;
};

/** A whole rule from elsewhere, into the fields: another product's, or none of one's own. */
export function RuleSourceRow({ level, sources, onTake }: Props) {
  const t = useTranslations("rule.sources");
  const toast = useToast();
  const [asked, setAsked] = useState(false);
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-2">
      <legend className="pb-2 font-semibold">{t("label")}</legend>
      <Button size="sm" onClick={() => setAsked(true)}>
        {t("product")}
      </Button>
      <Button
        size="sm"
        onClick={() => {
          onTake(ruleFormValues({}));
          toast({ text: t("cleared") });
        }}
      >
        {t(`clear.${levelAbove[level] === "defaults" ? "defaults" : levelAbove[level]}`)}
      </Button>
      {asked && (
        <RuleSourceWindow
          find={sources.find}
          onClose={() => setAsked(false)}
          onChoose={async ({ id, name }) => {
            const answer = await sources.read({ productId: id });
            if (!answer.ok) return answer.failure.text;
            onTake(answer.value);
            toast({ text: t("taken", { name }) });
            setAsked(false);
            return null;
          }}
        />
      )}
    </fieldset>
  );
}
