import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { DeliveryBand, DeliveryTariff } from "@/lib/costs/model";
import { deliveryScopes } from "@/lib/costs/scope-model";
import { BandTable } from "./band-table";
import { DatedList } from "./dated-list";
import { DeliveryForm } from "./delivery-form";
import { countingOn, type PanelProps, tariffLines } from "./tariff-line";

const order = (one: DeliveryBand, two: DeliveryBand) =>
  deliveryScopes.indexOf(one.scope) - deliveryScopes.indexOf(two.scope) ||
  one.priceFrom - two.priceFrom ||
  (one.weightTo ?? Number.POSITIVE_INFINITY) - (two.weightTo ?? Number.POSITIVE_INFINITY);

/** What Kaspi takes for delivery by the price of the goods, their weight and where they go. */
export function DeliveryPanel({ tariffs, storeId, today, mayWrite }: PanelProps) {
  const t = useTranslations("costs.page");
  const locale = useLocale();
  const own = tariffs.filter((tariff): tariff is DeliveryTariff => tariff.kind === "delivery");
  const lines = tariffLines(own, today, locale, ({ value }) =>
    t("bands", { count: value.bands.length }),
  );
  const now = countingOn(own, today);
  const bands = (now?.value.bands ?? []).toSorted(order);
  return (
    <Panel title={t("kind.delivery")}>
      <p className="text-ink-soft text-sm">{t("about.delivery")}</p>
      <DatedList lines={lines} mayWrite={mayWrite} />
      {bands.length > 0 && <BandTable bands={bands} />}
      {mayWrite && (
        <DeliveryForm
          storeId={storeId}
          today={today}
          initial={bands.map(({ scope, priceFrom, weightTo, fee }) => ({
            scope,
            priceFrom: String(priceFrom),
            weightTo: weightTo === null ? "" : String(weightTo),
            fee: String(fee),
          }))}
        />
      )}
    </Panel>
  );
}
