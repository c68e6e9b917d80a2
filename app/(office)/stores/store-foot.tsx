"use client";

import { useTranslations } from "next-intl";
import { inWords } from "@/components/repricing/rule-draft";
import { useRuleSentences } from "@/components/repricing/rule-sentences";
import { PanelLink } from "@/components/ui/panel-link";
import type { StoreCardData } from "./card-data";
import { ArchiveStore } from "./store-buttons";

/** What the bot does with products that have no rule of their own, and the way out. */
export function StoreFoot({ card }: { card: StoreCardData }) {
  const t = useTranslations("stores.rule");
  const [aim] = useRuleSentences(inWords(card.rule.effective));
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-2.5">
      <p className="min-w-0 text-ink-soft text-sm">
        <span className="text-ink-faint">{t("label")}: </span>
        {aim}
      </p>
      <div className="flex flex-1 flex-wrap gap-2">
        {card.mayChangeRule && (
          <PanelLink panel="rule" value={card.store.id} size="sm">
            {t("edit")}
          </PanelLink>
        )}
        {card.mayGive && (
          <div className="ml-auto">
            <ArchiveStore store={card.store} />
          </div>
        )}
      </div>
    </footer>
  );
}
