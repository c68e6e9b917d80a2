import { useLocale, useTranslations } from "next-intl";
import { moneyTicks, scale } from "@/components/chart/axes";
import { HIGHEST_PRICE, LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import type { Terms } from "@/lib/costs/model";
import { profitAt, profitCurve } from "@/lib/costs/profit-rules";
import { formatMoney } from "@/lib/i18n/money";
import type { Product } from "@/lib/products/model";
import { ProfitTable } from "./profit-table";

type Props = { terms: Terms; floor: Tenge | null; product: Product };

const MONEY_TICKS = 4;
const round = (value: number) => Math.round(value * 100) / 100;

/** The profit at every price around the ones that matter: where it crosses zero, where a band begins. */
export function ProfitChart({ terms, floor, product }: Props) {
  const t = useTranslations("costs.chart");
  const locale = useLocale();
  const { price, bestRivalPrice, countingCeiling: ceiling } = product;
  const marks = [floor, price, bestRivalPrice, ceiling].filter((mark) => mark !== null);
  const nearest = [floor ?? price ?? terms.cost, price ?? floor ?? terms.cost];
  const from = tenge(Math.max(Math.floor(Math.min(...nearest) * 0.85), LOWEST_KASPI_PRICE));
  const to = tenge(Math.min(Math.ceil(Math.max(...nearest) * 1.15), HIGHEST_PRICE));
  const stretches = profitCurve(terms, from, to);
  const profits = stretches.flat().map(({ profit }) => profit);
  if (profits.length === 0) return null;
  const wantedAt = (at: Tenge) => terms.minProfit + (at * terms.minMargin) / 10_000;
  const low = Math.min(0, ...profits);
  const high = Math.max(0, wantedAt(to), ...profits);
  const x = scale(from, to);
  const y = scale(high, low);
  const amounts = moneyTicks([low, high], MONEY_TICKS);
  const prices = moneyTicks([from, to], MONEY_TICKS);
  const line = stretches
    .map((ends) => ends.map(({ price, profit }) => `${round(x(price))} ${round(y(profit))}`))
    .map((points) => `M${points.join("L")}`)
    .join("");
  const now = price === null ? null : profitAt(terms, price);
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft text-xs">
        <Key looks="stroke-blue stroke-[2.5]" text={t("profit")} />
        <Key looks="stroke-green stroke-[1.5]" dash="4 3" text={t("wanted")} />
        {floor !== null && (
          <Key looks="stroke-ink-soft stroke-[1.5]" dash="1.5 3" text={t("floor")} />
        )}
        {now && <span>● {t("now")}</span>}
      </figcaption>
      <div
        aria-hidden="true"
        className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-ink-faint text-xs"
      >
        <div className="relative h-40">
          <span className="invisible">{formatMoney(amounts.at(-1) ?? 0, locale)}</span>
          {amounts.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 -translate-y-1/2 whitespace-nowrap"
              style={{ top: `${y(tick)}%` }}
            >
              {formatMoney(tick, locale)}
            </span>
          ))}
        </div>
        <div className="relative h-40 overflow-hidden rounded-sm border">
          <svg
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full fill-none [&_path]:[vector-effect:non-scaling-stroke]"
          >
            <title>{t("title")}</title>
            <path d={amounts.map((tick) => `M0 ${y(tick)}H100`).join("")} className="stroke-line" />
            <path d={`M0 ${y(0)}H100`} className="stroke-line-strong" />
            <path
              d={`M0 ${y(wantedAt(from))}L100 ${y(wantedAt(to))}`}
              className="stroke-[1.5] stroke-green"
              strokeDasharray="4 3"
            />
            {floor !== null && (
              <path
                d={`M${x(floor)} 0V100`}
                className="stroke-[1.5] stroke-ink-soft"
                strokeDasharray="1.5 3"
              />
            )}
            <path d={line} className="stroke-[2.5] stroke-blue" />
            {now && (
              <path
                d={`M${x(now.price)} ${y(now.profit)}h0`}
                strokeLinecap="round"
                className="stroke-[9] stroke-ink"
              />
            )}
          </svg>
        </div>
        <div className="relative col-start-2 mt-1 h-4 overflow-hidden">
          {prices
            .filter((tick) => x(tick) > 6 && x(tick) < 94)
            .map((tick) => (
              <span
                key={tick}
                className="absolute -translate-x-1/2 whitespace-nowrap"
                style={{ left: `${x(tick)}%` }}
              >
                {formatMoney(tick, locale)}
              </span>
            ))}
        </div>
      </div>
      <ProfitTable terms={terms} prices={[...marks, ...moneyTicks([from, to], 8).map(tenge)]} />
    </figure>
  );
}

function Key({ looks, dash, text }: { looks: string; dash?: string; text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg aria-hidden="true" width="28" height="8" fill="none">
        <path d="M0 4H28" className={looks} strokeDasharray={dash} />
      </svg>
      {text}
    </span>
  );
}
