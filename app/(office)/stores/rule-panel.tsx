"use client";

import { useTranslations } from "next-intl";
import { RuleForm } from "@/components/repricing/rule-form";
import { SidePanel } from "@/components/ui/side-panel";
import { usePanel } from "@/components/ui/use-panel";
import { lookAtStoreRule } from "../rules/actions";
import { ruleSources } from "../rules/sources";
import { saveStoreRule } from "./actions";
import type { StoreCardData } from "./card-data";
import { RuleReach } from "./rule-reach";

/** `?rule=<store>`: the rule of all its products that have none of their own. */
export function RulePanel({ cards }: { cards: readonly StoreCardData[] }) {
  const t = useTranslations("stores.rule");
  const panel = usePanel("rule");
  const card = cards.find(({ store }) => store.id === panel.value);
  if (!card) return null;
  const { store, rule } = card;
  return (
    <SidePanel
      open
      onClose={panel.close}
      title={t("title", { store: store.name })}
      lead={t("lead")}
    >
      <RuleReach store={store} reach={card.reach} />
      <RuleForm
        values={rule.values}
        above={rule.above}
        level="store"
        save={(values, confirm) => saveStoreRule({ storeId: store.id, rule: values, confirm })}
        look={(values) => lookAtStoreRule({ storeId: store.id, rule: values })}
        sources={ruleSources}
        onSaved={panel.close}
      />
    </SidePanel>
  );
}
