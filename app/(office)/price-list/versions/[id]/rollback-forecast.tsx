"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Money } from "@/components/money";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useCounted } from "@/components/use-counted";
import { lookAtRollback } from "../../actions";

type Preview = Extract<Awaited<ReturnType<typeof lookAtRollback>>, { ok: true }>["value"];

/** How many prices would go up and down, and the deepest cut. */
export function RollbackForecast({ listId }: { listId: string }) {
  const t = useTranslations();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const lost = t("errors.no_connection");
  useEffect(() => {
    let isHere = true;
    lookAtRollback({ listId })
      .then((answer) => {
        if (!isHere) return;
        if (answer.ok) setPreview(answer.value);
        else setFailure(answer.failure.text);
      })
      .catch(() => isHere && setFailure(lost));
    return () => {
      isHere = false;
    };
  }, [listId, lost]);
  if (failure) return <Notice tone="red">{failure}</Notice>;
  return preview ? <Counts preview={preview} /> : <Skeleton className="h-12" />;
}

function Counts({ preview: { raised, lowered, worst } }: { preview: Preview }) {
  const t = useTranslations("priceList.version");
  const counted = useCounted();
  if (raised + lowered === 0) return <p className="text-ink">{t("rollbackNone")}</p>;
  return (
    <p className="text-ink">
      {raised > 0 && `${t("rollbackRaised", counted(raised))} `}
      {lowered > 0 && t("rollbackLowered", counted(lowered))}
      {worst &&
        t.rich("rollbackWorst", {
          name: worst.name,
          from: () => <Money amount={worst.from} />,
          to: () => <Money amount={worst.to} />,
        })}
    </p>
  );
}
