import { getTranslations } from "next-intl/server";
import { LATENCY_BARS } from "@/lib/price-list/latency-model";
import type { FeedLatency } from "@/lib/price-list/latency-queries";

/** How long prices took by the link, from the decision to the card. */
export async function LatencyBars({ latency }: { latency: FeedLatency | null }) {
  const t = await getTranslations("priceList.latency");
  if (!latency) return <p className="text-ink-soft text-sm">{t("none")}</p>;
  const { count, bars, typical, most, listed, pulled, shown } = latency;
  const minutes = (value: number) => t("minutes", { minutes: value });
  const highest = Math.max(...bars, 1);
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">{t("title")}</h3>
      <p className="text-ink-soft text-sm">
        {t("lead")} {t("count", { count })},{" "}
        {t("typical", { typical: minutes(typical), most: minutes(most) })}.{" "}
        {t("legs", { listed: minutes(listed), pulled: minutes(pulled), shown: minutes(shown) })}
      </p>
      <ul className="flex flex-col gap-1 text-sm">
        {bars.map((prices, nth) => {
          const edge = LATENCY_BARS[nth];
          const label = edge === undefined ? t("over") : t("upTo", { minutes: edge });
          return (
            <li key={label} className="grid grid-cols-[7rem_1fr_3rem] items-center gap-2">
              <span className="text-ink-soft">{label}</span>
              <span className="h-3 rounded-sm bg-sunken">
                <span
                  className="block h-full rounded-sm bg-blue"
                  style={{ width: `${(prices / highest) * 100}%` }}
                />
              </span>
              <span className="text-right tabular-nums">{prices}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
