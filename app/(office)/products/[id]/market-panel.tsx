import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { MarketTable } from "@/components/repricing/market-table";
import { offerLines } from "@/components/repricing/offer-line";
import { TimeAgo } from "@/components/time-ago";
import { Notice } from "@/components/ui/notice";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { Product } from "@/lib/products/model";
import { cadenceOf } from "@/lib/repricing/check/cadence-rules";
import type { Preview } from "@/lib/repricing/forecast/preview-rule";
import { CheckNow } from "./check-now";
import { NextCheck } from "./next-check";

type Props = { product: Product; preview: Preview };
type PanelProps = Props & { className: string };

/** Who else sells it, as last read. */
export function MarketPanel({ product, preview, className }: PanelProps) {
  const t = useTranslations("products.product.market");
  const { observedAt, cardId, isWritable, isGone } = product;
  return (
    <Panel
      className={className}
      title={t("title")}
      aside={
        <div className="flex items-center gap-3">
          {observedAt && (
            <span className="text-ink-soft text-sm">
              {t.rich("read", { when: () => <TimeAgo at={observedAt} /> })}
            </span>
          )}
          {isWritable && cardId && !isGone && (
            <CheckNow productId={product.id} cityId={product.cityId} />
          )}
        </div>
      }
    >
      <Market product={product} preview={preview} />
      {product.botEnabled && !isGone && cardId && product.nextCheckAt && (
        <NextCheck at={product.nextCheckAt} cadence={cadenceOf(lastLook(product, preview))} />
      )}
    </Panel>
  );
}

/** What was known when it was decided when to look next. */
const lastLook = (product: Product, { rule }: Preview) => ({
  now: product.lastCheckedAt ?? new Date(0),
  intervalMinutes: rule.intervalMinutes,
  failures: product.failures,
  rivals: product.rivalsCount,
  placeChangedAt: product.placeChangedAt,
});

function Market({ product, preview }: Props) {
  const t = useTranslations("products.product.market");
  const locale = useLocale();
  const { market } = preview;
  if (!product.cardId) return <p className="text-ink-soft">{t("noCard")}</p>;
  if (!market) return <p className="text-ink-soft">{t(product.failures ? "unread" : "never")}</p>;
  const ours = market.offers.find(({ merchantId }) => merchantId === preview.merchantId);
  const count = (value: number) => formatNumber(value, locale);
  return (
    <>
      {product.failures > 0 && (
        <Notice tone="amber">
          {t.rich("failing", {
            count: product.failures,
            when: () => <TimeAgo at={product.observedAt} />,
          })}
        </Notice>
      )}
      {market.offers.length === 0 ? (
        <p className="text-ink-soft">{t("nobody")}</p>
      ) : (
        <MarketTable offers={offerLines(market.offers, preview)} />
      )}
      {ours && product.price !== null && ours.price !== product.price && (
        <p className="text-ink-soft text-sm">
          {t("lag", {
            shown: formatMoney(ours.price, locale),
            price: formatMoney(product.price, locale),
          })}
        </p>
      )}
      {market.total > market.offers.length && (
        <p className="text-ink-faint text-sm">
          {t("more", { read: count(market.offers.length), total: count(market.total) })}
        </p>
      )}
    </>
  );
}
