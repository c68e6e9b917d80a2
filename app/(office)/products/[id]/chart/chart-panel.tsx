import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { UrlStateProvider } from "@/components/ui/url-state";
import type { Product } from "@/lib/products/model";
import type { ChartRange } from "@/lib/repricing/chart/chart-model";
import { ChartLoader } from "./chart-loader";
import { RangeSwitch } from "./range-switch";

type Props = { product: Product; range: ChartRange; className: string };

/** How the price and the market went, and what was decided on the way. */
export function ChartPanel({ product, range, className }: Props) {
  const t = useTranslations("products.product.chart");
  const { id, cityId, price, floor, ceiling, lastDecision, observationId } = product;
  const version = [price, floor, ceiling, lastDecision?.id, lastDecision?.state, observationId];
  return (
    <UrlStateProvider>
      <Panel className={className} title={t("title")} aside={<RangeSwitch range={range} />}>
        <ChartLoader productId={id} cityId={cityId} range={range} version={version.join(" ")} />
      </Panel>
    </UrlStateProvider>
  );
}
