"use client";

import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { useClock } from "@/components/ui/clock";
import type { ProductLine } from "./product-line";

/** When the market was read, and when it is read next. */
export function CheckedCell({ product }: { product: ProductLine }) {
  const t = useTranslations("products.row");
  const now = useClock();
  const { observedAt, nextCheckAt } = product;
  return (
    <div className="whitespace-nowrap">
      <p>
        {observedAt ? (
          <TimeAgo at={observedAt} />
        ) : (
          <span className="text-ink-faint">{t("unread")}</span>
        )}
      </p>
      {nextCheckAt && (
        <p className="text-ink-faint text-xs">
          {nextCheckAt.getTime() > now
            ? t.rich("next", { when: () => <TimeAgo at={nextCheckAt} /> })
            : t("nextNow")}
        </p>
      )}
    </div>
  );
}
