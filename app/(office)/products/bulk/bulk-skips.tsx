"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useCounted } from "@/components/use-counted";
import type { BulkSkip } from "@/lib/repricing/bulk/bulk-queries";
import { bulkSkips } from "./actions";

type Props = { runId: string; total: number };

/** Which products were left alone, each with its reason. */
export function BulkSkips({ runId, total }: Props) {
  const t = useTranslations("list.bulk");
  const tErrors = useTranslations("errors");
  const counted = useCounted();
  const [skips, setSkips] = useState<BulkSkip[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const lost = tErrors("no_connection");
  useEffect(() => {
    let isHere = true;
    bulkSkips({ runId })
      .then((answer) => {
        if (!isHere) return;
        if (answer.ok) setSkips(answer.value);
        else setFailure(answer.failure.text);
      })
      .catch(() => isHere && setFailure(lost));
    return () => {
      isHere = false;
    };
  }, [runId, lost]);
  if (failure) return <p className="text-red text-sm">{failure}</p>;
  if (!skips) return <Skeleton className="h-16" />;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with the keyboard too. */}
      <ul tabIndex={0} aria-label={t("showWhy")} className="max-h-48 overflow-y-auto text-sm">
        {skips.map(({ productId, name, sku, why }) => (
          <li key={productId} className="flex flex-wrap justify-between gap-x-4 border-t py-1">
            <Link href={`/products/${productId}`} prefetch={false} className="hover:underline">
              {name} <span className="text-ink-faint">{sku}</span>
            </Link>
            <span className="text-ink-soft">{t(`why.${why}`)}</span>
          </li>
        ))}
      </ul>
      {skips.length < total && (
        <p className="text-ink-faint text-sm">{t("moreSkips", counted(total - skips.length))}</p>
      )}
    </>
  );
}
