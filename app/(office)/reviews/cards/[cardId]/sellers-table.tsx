"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";

export type SellerRow = {
  key: string;
  /** Null: Kaspi does not say who sold it. */
  name: string | null;
  isOwn: boolean;
  reviews: string;
  share: string;
  lately: string;
};

const FIRST = 10;
const number = "py-1.5 pl-4 text-right tabular-nums whitespace-nowrap";

/** Whose buyers have written: the most first. */
export function SellersTable({ rows }: { rows: readonly SellerRow[] }) {
  const t = useTranslations("reviews.sellers");
  const tReviews = useTranslations("reviews");
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, FIRST);
  return (
    <>
      <table className="w-full text-left">
        <thead className="text-ink-soft text-sm">
          <tr className="border-b">
            <th scope="col" className="py-1.5 font-medium">
              {t("name")}
            </th>
            <th scope="col" className={`${number} font-medium`}>
              {t("reviews")}
            </th>
            <th scope="col" className={`${number} font-medium`}>
              {t("share")}
            </th>
            <th scope="col" className={`${number} font-medium`}>
              {t("lately")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.key} className="border-b last:border-b-0">
              <td className="py-1.5 break-words">
                <span className={row.name === null ? "text-ink-faint" : undefined}>
                  {row.name ?? t("unknown")}
                </span>{" "}
                {row.isOwn && <Badge tone="blue">{tReviews("own")}</Badge>}
              </td>
              <td className={number}>{row.reviews}</td>
              <td className={number}>{row.share}</td>
              <td className={number}>{row.lately}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FIRST && !isWhole && (
        <Button look="ghost" className="self-start" onClick={() => setIsWhole(true)}>
          {t("more", { shown: rows.length })}
        </Button>
      )}
    </>
  );
}
