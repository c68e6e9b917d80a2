"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { MarketTable } from "@/components/repricing/market-table";
import type { OfferLine } from "@/components/repricing/offer-line";
import { TimeAgo } from "@/components/time-ago";
import { Skeleton } from "@/components/ui/skeleton";
import { marketThen } from "./actions";

type Seen = { offers: OfferLine[]; seenAt: Date } | null;

/** Who sold it and for how much when it was decided; fetched when somebody looks. */
export function MarketThen({ decisionId }: { decisionId: string }) {
  const t = useTranslations("ledger.market");
  const tErrors = useTranslations("errors");
  const [seen, setSeen] = useState<Seen | undefined>(undefined);
  const [failure, setFailure] = useState<string | null>(null);
  const lost = tErrors("no_connection");
  useEffect(() => {
    let isHere = true;
    marketThen({ decisionId })
      .then((answer) => {
        if (!isHere) return;
        if (answer.ok) setSeen(answer.value);
        else setFailure(answer.failure.text);
      })
      .catch(() => isHere && setFailure(lost));
    return () => {
      isHere = false;
    };
  }, [decisionId, lost]);
  return (
    <section className="flex flex-col gap-2 border-t pt-4">
      <h3 className="font-semibold">{t("title")}</h3>
      {failure && <p className="text-red text-sm">{failure}</p>}
      {seen === undefined && !failure && <Skeleton className="h-24" />}
      {seen === null && <p className="text-ink-soft">{t("unknown")}</p>}
      {seen && (
        <>
          <p className="text-ink-soft text-sm">
            {t.rich("seen", { when: () => <TimeAgo at={seen.seenAt} /> })}
          </p>
          {seen.offers.length === 0 ? (
            <p className="text-ink-soft">{t("nobody")}</p>
          ) : (
            <MarketTable offers={seen.offers} />
          )}
        </>
      )}
    </section>
  );
}
