"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { useRun } from "@/components/use-run";
import { isUnderWay } from "@/lib/runs/model";
import type { StoreCardData } from "./card-data";
import { SendingFact } from "./sending-fact";
import { StopStore, SyncButton } from "./store-buttons";
import { ProductsFact, SessionFact } from "./store-facts";
import { StoreFoot } from "./store-foot";
import { SyncFact } from "./sync-fact";
import { SyncProgress } from "./sync-progress";

type Props = { card: StoreCardData; isOfficeStopped: boolean };

/** One store: whether it works, what is in it, what it is doing now. */
export function StoreCard({ card, isOfficeStopped }: Props) {
  const t = useTranslations("stores");
  const { store, mayChange } = card;
  const run = useRun(card.run);
  const isBusy = run !== null && isUnderWay(run);
  const canSync = store.isActive && store.session !== "needs_reauth" && store.login !== null;
  const titleId = `store-${store.id}`;
  return (
    <section aria-labelledby={titleId} className="rounded-lg border bg-surface">
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b px-4 py-3">
        <div className="min-w-0">
          <h2 id={titleId} className="flex flex-wrap items-center gap-x-2 font-semibold text-lg">
            <Link
              href={`/stores/${store.id}`}
              className="underline-offset-2 hover:text-blue hover:underline"
            >
              {store.name}
            </Link>
            {!store.isActive && <Badge tone="amber">{t("page.onPause")}</Badge>}
            {!store.isMine && <Badge>{store.ownerName}</Badge>}
          </h2>
          <p className="text-ink-soft text-sm">
            {[store.mainCityName, t("merchant", { id: store.merchantId })]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        {mayChange && (
          <div className="flex flex-wrap gap-2 max-sm:*:px-2 max-sm:*:text-sm">
            {store.sendingStoppedAt === null && <StopStore store={store} />}
            {canSync && <SyncButton storeId={store.id} isUnderWay={isBusy} />}
          </div>
        )}
      </header>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 p-4 xl:grid-cols-4">
        <SessionFact store={store} mayChange={mayChange} />
        <ProductsFact store={store} isLoading={isBusy} />
        <SyncFact store={store} run={run} />
        <SendingFact store={store} mayChange={mayChange} isOfficeStopped={isOfficeStopped} />
      </dl>
      <SyncProgress run={run} />
      <StoreFoot card={card} />
    </section>
  );
}
