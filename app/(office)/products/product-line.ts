import { type DecisionWords, decisionWords } from "@/components/repricing/decision-words";
import type { Margin } from "@/lib/costs/margins";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import type { ProductRow } from "@/lib/products/model";
import { atItsTime, type SendTimes } from "@/lib/repricing/send/send-times";

export type Standing = "on_sale" | "off_sale" | "gone";

/** A row of the list as the browser gets it. */
export type ProductLine = Pick<
  ProductRow,
  | "id"
  | "name"
  | "sku"
  | "imageUrl"
  | "price"
  | "floor"
  | "countingFloor"
  | "ceiling"
  | "botEnabled"
  | "manualLock"
  | "place"
  | "placesTotal"
  | "bestRivalPrice"
  | "observedAt"
  | "category"
  | "stock"
  | "citiesCount"
  | "cost"
  | "costFloor"
  | "isWritable"
> & {
  /** At the present price; null while something it depends on is not set. */
  margin: Margin | null;
  /** Null where all rows are of one store. */
  storeName: string | null;
  standing: Standing;
  /** Null while nobody is going to check it. */
  nextCheckAt: Date | null;
  decision: DecisionWords | null;
};

export function standingOf({ isGone, onSale }: Pick<ProductRow, "isGone" | "onSale">): Standing {
  if (isGone) return "gone";
  return onSale ? "on_sale" : "off_sale";
}

type Reader = {
  t: Translator;
  locale: Locale;
  severalStores: boolean;
  margins: ReadonlyMap<string, Margin>;
  times: SendTimes;
};

export function productLine(row: ProductRow, reader: Reader): ProductLine {
  const { t, locale, severalStores, margins, times } = reader;
  const { lastDecision } = row;
  return {
    id: row.id,
    name: row.name,
    sku: row.sku,
    imageUrl: row.imageUrl,
    price: row.price,
    floor: row.floor,
    countingFloor: row.countingFloor,
    ceiling: row.ceiling,
    botEnabled: row.botEnabled,
    manualLock: row.manualLock,
    place: row.place,
    placesTotal: row.placesTotal,
    bestRivalPrice: row.bestRivalPrice,
    observedAt: row.observedAt,
    category: row.category,
    stock: row.stock,
    citiesCount: row.citiesCount,
    cost: row.cost,
    costFloor: row.costFloor,
    margin: margins.get(row.id) ?? null,
    isWritable: row.isWritable,
    storeName: severalStores ? row.storeName : null,
    standing: standingOf(row),
    nextCheckAt: row.botEnabled && !row.isGone ? row.nextCheckAt : null,
    decision: lastDecision && decisionWords(t, locale, atItsTime(lastDecision, times)),
  };
}
