"use client";

import { useTranslations } from "next-intl";
import { useRun } from "@/components/use-run";
import { isUnderWay } from "@/lib/runs/model";
import type { StoreCardData } from "../card-data";
import { SendingFact } from "../sending-fact";
import { ProductsFact, SessionFact } from "../store-facts";
import { SyncFact } from "../sync-fact";
import { SyncProgress } from "../sync-progress";

type Props = { card: StoreCardData; isOfficeStopped: boolean };

/** The facts of the list, followed live. */
export function StoreFactsPanel({ card, isOfficeStopped }: Props) {
  const t = useTranslations("stores.page");
  const { store, mayChange } = card;
  const run = useRun(card.run);
  return (
    <section aria-label={t("facts")} className="rounded-lg border bg-surface">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 p-4 xl:grid-cols-4">
        <SessionFact store={store} mayChange={mayChange} />
        <ProductsFact store={store} isLoading={run !== null && isUnderWay(run)} />
        <SyncFact store={store} run={run} />
        <SendingFact store={store} mayChange={mayChange} isOfficeStopped={isOfficeStopped} />
      </dl>
      <SyncProgress run={run} />
    </section>
  );
}
