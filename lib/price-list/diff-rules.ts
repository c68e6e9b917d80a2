import type { ListOffer } from "./model";

/** What differs between two versions of an offer. */
export type OfferField = "price" | "points" | "model" | "brand";

export type OfferChange =
  | { kind: "added" | "removed"; sku: string; model: string; prices: string }
  | {
      kind: "changed";
      sku: string;
      model: string;
      fields: { field: OfferField; before: string; after: string }[];
    };

export type ListDiff = {
  added: number;
  removed: number;
  changed: number;
  same: number;
  /** The first of them, removed ones before changed ones before added ones. */
  changes: OfferChange[];
};

const MOST_CHANGES = 500;

/** Prices as a person compares them: one, or city by city in the order of their ids. */
export function pricesText({ prices }: Pick<ListOffer, "prices">): string {
  if (prices.kind === "common") return String(prices.price);
  return prices.prices
    .map(({ cityId, price }) => `${cityId}: ${price}`)
    .sort()
    .join(", ");
}

const pointsText = ({ points }: ListOffer) =>
  points
    .map(({ id, available, leadDays, count }) => {
      const days = leadDays === null ? "" : ` +${leadDays}`;
      const pieces = count === null ? "" : ` ${count}`;
      return `${id.split("_").slice(1).join("_") || id} ${available ? "✓" : "–"}${pieces}${days}`;
    })
    .sort()
    .join(", ");

const texts: Record<OfferField, (offer: ListOffer) => string> = {
  price: pricesText,
  points: pointsText,
  model: ({ model }) => model,
  brand: ({ brand }) => brand ?? "",
};

/** What has changed from one version of a list to another, by article. */
export function diffOf(
  before: ReadonlyMap<string, ListOffer>,
  after: ReadonlyMap<string, ListOffer>,
): ListDiff {
  const removed = [...before.values()].filter(({ sku }) => !after.has(sku));
  const added = [...after.values()].filter(({ sku }) => !before.has(sku));
  const changed = [...after.values()].flatMap((offer): OfferChange[] => {
    const old = before.get(offer.sku);
    const fields = old ? fieldsOf(old, offer) : [];
    return fields.length > 0
      ? [{ kind: "changed", sku: offer.sku, model: offer.model, fields }]
      : [];
  });
  const alone = (kind: "added" | "removed") => (offer: ListOffer) => ({
    ...{ kind, sku: offer.sku, model: offer.model },
    prices: pricesText(offer),
  });
  const changes = [...removed.map(alone("removed")), ...changed, ...added.map(alone("added"))];
  return {
    ...{ added: added.length, removed: removed.length, changed: changed.length },
    same: after.size - added.length - changed.length,
    changes: changes.slice(0, MOST_CHANGES),
  };
}

function fieldsOf(before: ListOffer, after: ListOffer) {
  return (Object.keys(texts) as OfferField[])
    .map((field) => ({ field, before: texts[field](before), after: texts[field](after) }))
    .filter((one) => one.before !== one.after);
}
