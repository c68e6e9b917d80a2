import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { DecisionLine } from "@/components/repricing/decision-line";
import { buttonLook } from "@/components/ui/button";
import { HistoryItem } from "./history-item";

type Props = {
  page: string;
  /** What stays in the address while one turns the pages: the chart's range, the city. */
  kept: Record<string, string>;
  lines: DecisionLine[];
  hasMore: boolean;
  /** An older part is shown. */
  isOlder: boolean;
  className: string;
};

export function HistoryPanel({ page, kept, lines, hasMore, isOlder, className }: Props) {
  const t = useTranslations("products.product.history");
  const last = lines.at(-1);
  const hrefOf = (before: string | null) => {
    const query = new URLSearchParams({ ...kept, ...(before ? { before } : {}) });
    return query.size > 0 ? `${page}?${query}` : page;
  };
  return (
    <Panel className={className} title={t("title")}>
      {lines.length === 0 && <p className="text-ink-soft">{t("empty")}</p>}
      <ol className="-mb-2.5">
        {lines.map((line) => (
          <HistoryItem key={line.id} line={line} />
        ))}
      </ol>
      {(hasMore || isOlder) && (
        <div className="flex gap-2 border-t pt-3">
          {isOlder && (
            <Link href={hrefOf(null)} scroll={false} className={buttonLook({ size: "sm" })}>
              {t("newest")}
            </Link>
          )}
          {hasMore && last && (
            <Link
              href={hrefOf(`${last.words.at.toISOString()}_${last.seq}`)}
              scroll={false}
              className={buttonLook({ size: "sm" })}
            >
              {t("older")}
            </Link>
          )}
        </div>
      )}
    </Panel>
  );
}
