import { HIGHEST_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { oncePer } from "@/lib/core/once-per";
import {
  type ChosenTariffs,
  type Costs,
  type DeliveryBand,
  type DeliveryTariff,
  type MissingInput,
  noCosts,
  type RateTariff,
  type Terms,
  type TermsOrMissing,
} from "./model";

/** What a product costs, with the usual expenses where it says nothing itself. */
export function withUsual(costs: Costs, { usual }: Pick<ChosenTariffs, "usual">): Costs {
  if (!usual) return costs;
  const said = Object.fromEntries(Object.entries(costs).filter(([, value]) => value !== null));
  const isDemanded = costs.minProfit !== null || costs.minMargin !== null;
  // A product's own demand replaces the usual one as a whole: the two would be added up otherwise.
  const demand = isDemanded ? { minProfit: costs.minProfit, minMargin: costs.minMargin } : {};
  return { cost: null, ...usual.value, ...said, ...demand };
}

/** All that a price has to pay for, or what of it is not set. Nothing is ever taken for zero. */
export function termsOf(costs: Costs | null, chosen: ChosenTariffs): TermsOrMissing {
  const known = withUsual(costs ?? noCosts, chosen);
  const { cost, packaging, other, returns, minProfit, minMargin, weightGrams } = known;
  const commission = rateOf(chosen.commission);
  const kaspiPay = rateOf(chosen.kaspi_pay);
  const tax = rateOf(chosen.tax);
  const bands = bandsOf(known, chosen);
  const isDemanded = minProfit !== null || minMargin !== null;
  if (
    cost === null ||
    packaging === null ||
    other === null ||
    returns === null ||
    commission === null ||
    kaspiPay === null ||
    tax === null ||
    typeof bands === "string" ||
    !isDemanded
  ) {
    const needed = { cost, packaging, other, returns, commission, kaspi_pay: kaspiPay, tax };
    const unset = (Object.keys(needed) as (keyof typeof needed)[]).filter(
      (name) => needed[name] === null,
    );
    const missing: MissingInput[] = [...unset];
    if (typeof bands === "string") missing.push(bands);
    if (!isDemanded) missing.push("demand");
    return { kind: "missing", missing };
  }
  const terms: Terms = {
    cost,
    packaging,
    other,
    returns,
    commission,
    kaspiPay,
    tax,
    // Of profit and margin at least one is asked for; what is not asked for asks for nothing.
    minProfit: minProfit ?? tenge(0),
    minMargin: minMargin ?? 0,
    bands,
    weightGrams,
  };
  return { kind: "terms", terms };
}

/**
 * What one unit costs before anything that depends on its price, ₸: goods, packaging and other expenses.
 * Null: one of them is not set. More than any price is as good as the highest one.
 */
export function costInFull({ cost, packaging, other }: Costs): Tenge | null {
  if (cost === null || packaging === null || other === null) return null;
  return tenge(Math.min(cost + packaging + other, HIGHEST_PRICE));
}

const rateOf = (tariff: RateTariff | null): number | null => tariff?.value.rate ?? null;

/** The bands of the scope it is sent in, null when Kaspi does not deliver it, or what is not set. */
function bandsOf(
  { delivery }: Costs,
  chosen: ChosenTariffs,
): DeliveryBand[] | null | "delivery" | "delivery_tariff" {
  if (delivery === null) return "delivery";
  if (delivery === "none") return null;
  const bands = chosen.delivery && bandsByScope(chosen.delivery).get(delivery);
  return bands ?? "delivery_tariff";
}

const bandsByScope = oncePer(({ value }: DeliveryTariff) => {
  const scopes = new Set(value.bands.map(({ scope }) => scope));
  const ofScope = (wanted: string) => value.bands.filter(({ scope }) => scope === wanted);
  return new Map([...scopes].map((scope) => [scope, ofScope(scope)]));
});
