import type { Caller } from "@/lib/auth/model";
import { tenge } from "@/lib/core/money";
import { type Calculation, calculate } from "@/lib/costs/calculate";
import type { ChosenTariffs, DeliveryTariff, RateKind, RateTariff } from "@/lib/costs/model";
import { deliveryScopes } from "@/lib/costs/scope-model";
import { tariffsAt } from "@/lib/costs/work-out";
import type { Tx } from "@/lib/db/client";
import { listStoreNames } from "@/lib/stores/queries";
import type { Said } from "./model";

export type Outcome = Calculation & {
  /** The tariffs of the day, before what was said instead of them. */
  tariffs: ChosenTariffs;
};

/** What is said comes to what by the tariffs of the day: those of the store where the caller sees it. */
export async function workOutAll(
  tx: Tx,
  caller: Caller,
  many: readonly Said[],
  now: Date,
): Promise<Outcome[]> {
  const seen = new Set((await listStoreNames(tx, caller)).map(({ id }) => id));
  const storeIds = many.flatMap(({ storeId }) => (storeId && seen.has(storeId) ? [storeId] : []));
  const tariffsOf = await tariffsAt(tx, now, [...new Set(storeIds)]);
  return many.map((said) => {
    const storeId = said.storeId && seen.has(said.storeId) ? said.storeId : "";
    const tariffs = tariffsOf({ id: "", storeId, category: said.category });
    const { costs, chosen } = instead(said, tariffs, now);
    return { ...calculate(costs, chosen, said.price), tariffs };
  });
}

/** What was typed goes before the tariffs. */
function instead(said: Said, tariffs: ChosenTariffs, now: Date) {
  const { costs, rates, fee } = said;
  const rate = (kind: RateKind): RateTariff | null => {
    const typed = rates[kind];
    return typed === null ? tariffs[kind] : { ...head(now), kind, value: { rate: typed } };
  };
  const chosen: ChosenTariffs = {
    ...tariffs,
    commission: rate("commission"),
    kaspi_pay: rate("kaspi_pay"),
    tax: rate("tax"),
    delivery: fee === null ? tariffs.delivery : flat(fee, now),
  };
  // Who names a fee has it delivered, wherever to.
  const isPlace = costs.delivery !== null && costs.delivery !== "none";
  const delivery = fee !== null && !isPlace ? deliveryScopes[0] : costs.delivery;
  return { costs: { ...costs, delivery }, chosen };
}

type Head = Omit<DeliveryTariff, "kind" | "value">;
const head = (now: Date): Head => ({
  id: "",
  storeId: null,
  category: "",
  validFrom: now.toISOString().slice(0, 10),
  source: null,
  setAt: now,
});

/** The same at every price and weight. */
const flat = (fee: DeliveryTariff["value"]["bands"][number]["fee"], now: Date): DeliveryTariff => ({
  ...head(now),
  kind: "delivery",
  value: {
    bands: deliveryScopes.map((scope) => ({ scope, priceFrom: tenge(0), weightTo: null, fee })),
  },
});
