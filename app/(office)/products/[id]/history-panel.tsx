import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { HistoryItem } from "./history-item";
import type { HistoryLine } from "./history-line";
import { Panel } from "./panel";

type Props = {
  productId: string;
  lines: HistoryLine[];
  hasMore: boolean;
  /** An older part is shown. */
  isOlder: boolean;
  className: string;
};

export function HistoryPanel({ productId, lines, hasMore, isOlder, className }: Props) {
  const t = useTranslations("products.product.history");
  const last = lines.at(-1);
  const page = `/products/${productId}`;
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
            <Link href={page} scroll={false} className={buttonLook({ size: "sm" })}>
              {t("newest")}
            </Link>
          )}
          {hasMore && last && (
            <Link
              href={`${page}?before=${last.words.at.toISOString()}`}
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
