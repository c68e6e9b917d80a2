import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { solveFloor } from "./floor-rules";
import { type ChosenTariffs, type Costs, type Floor, noCosts, type TermsOrMissing } from "./model";
import { currentCosts, officeDay, tariffsFor } from "./queries";
import { tariffsOn } from "./tariff-rules";
import { costInFull, termsOf, withUsual } from "./terms-rules";

/** What the tariffs of a product depend on. */
export type CostSubject = { id: string; storeId: string; category: string | null };

/** A floor with all it was worked out from. */
export type WorkedOut = {
  costs: Costs | null;
  chosen: ChosenTariffs;
  terms: TermsOrMissing;
  floor: Floor;
  /** Goods, packaging and other expenses of one unit, ₸; null: one of them is not set. */
  inFull: Tenge | null;
};

/**
 * The floors of products as their costs and the tariffs of the day make them. `said` replaces the
 * stored costs of a product, for a look before they are saved.
 */
export async function workOut(
  tx: Tx,
  subjects: readonly CostSubject[],
  now: Date,
  said: ReadonlyMap<string, Costs> = new Map(),
): Promise<Map<string, WorkedOut>> {
  const known = await knownOf(tx, subjects, await tariffsAt(tx, now, storesOf(subjects)), said);
  return new Map(
    known.map(({ id, expenses, ...rest }) => {
      const floor = solveFloor(rest.terms);
      return [id, { ...rest, floor, inFull: costInFull(expenses) }] as const;
    }),
  );
}

/** What prices of the products have to pay for, without the floors it makes. */
export async function termsOfMany(
  tx: Tx,
  subjects: readonly CostSubject[],
  tariffs: TariffChooser,
): Promise<Map<string, TermsOrMissing>> {
  const known = await knownOf(tx, subjects, tariffs, new Map());
  return new Map(known.map(({ id, terms }) => [id, terms] as const));
}

/** Of one product, with its expenses: what is said of it, and the usual ones where nothing is. */
export async function termsNow(
  tx: Tx,
  subject: CostSubject,
  now: Date,
): Promise<{ terms: TermsOrMissing; expenses: Costs }> {
  const tariffs = await tariffsAt(tx, now, [subject.storeId]);
  const [known] = await knownOf(tx, [subject], tariffs, new Map());
  if (!known) throw new Error("a product was not worked out");
  return known;
}

async function knownOf(
  tx: Tx,
  subjects: readonly CostSubject[],
  chosenFor: TariffChooser,
  said: ReadonlyMap<string, Costs>,
) {
  const ids = subjects.map(({ id }) => id);
  const stored = await currentCosts(tx, ids);
  return subjects.map((subject) => {
    const costs = said.get(subject.id) ?? stored.get(subject.id) ?? null;
    const chosen = chosenFor(subject);
    const expenses = withUsual(costs ?? noCosts, chosen);
    return { id: subject.id, costs, chosen, expenses, terms: termsOf(costs, chosen) };
  });
}

/** Of one product. */
export async function workOutOne(
  tx: Tx,
  subject: CostSubject,
  now: Date,
  said?: Costs,
): Promise<WorkedOut> {
  const worked = await workOut(tx, [subject], now, new Map(said ? [[subject.id, said]] : []));
  const one = worked.get(subject.id);
  if (!one) throw new Error("a product was not worked out");
  return one;
}

/** The tariffs that count for a product. */
export type TariffChooser = (subject: CostSubject) => ChosenTariffs;

/** The stores of products, each once. */
export const storesOf = (subjects: readonly CostSubject[]) => [
  ...new Set(subjects.map(({ storeId }) => storeId)),
];

/**
 * Those of the day, for products of these stores. Products of one store and category have the same ones:
 * they are chosen once.
 */
export async function tariffsAt(
  tx: Tx,
  now: Date,
  storeIds: readonly string[],
): Promise<TariffChooser> {
  const day = await officeDay(tx, now);
  const all = await tariffsFor(tx, storeIds);
  const known = new Map<string, ChosenTariffs>();
  return ({ storeId, category }) => {
    const key = JSON.stringify([storeId, category]);
    const chosen = known.get(key) ?? tariffsOn(all, { storeId, category }, day);
    known.set(key, chosen);
    return chosen;
  };
}
