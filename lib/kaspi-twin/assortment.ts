import { CARDS, type Card, type Catalogue } from "@/lib/kaspi-twin/catalogue";
import type { Merchant } from "@/lib/kaspi-twin/merchants";
import { between, digits, pick, roll } from "@/lib/kaspi-twin/seeded";

const letters = ["VE", "RON", "LE634-", "TT", "арт-"] as const;

/** The seller's article of its offer number `index`. It can be read back into the index. */
export function skuAt(catalogue: Catalogue, merchant: Merchant, index: number): string {
  const words = ["sku", merchant.uid, index] as const;
  const style = roll(...words);
  if (style < 0.75) {
    return `${catalogue.card(merchant.firstCard + index).id}_${digits(9, ...words)}`;
  }
  if (style < 0.85) return `06${String(index).padStart(7, "0")}`;
  const article = `${pick(letters, ...words, "letters")}${100 + index}`;
  return style < 0.95 ? article : `${article}(${between(1, 3, ...words, "copy")})`;
}

/** The offer's number at this merchant, or null when it never had such an article. */
export function indexOfSku(catalogue: Catalogue, merchant: Merchant, sku: string): number | null {
  const index = candidate(catalogue, merchant, sku);
  if (!Number.isInteger(index) || index < 0 || index >= merchant.offers) return null;
  return skuAt(catalogue, merchant, index) === sku ? index : null;
}

function candidate(catalogue: Catalogue, merchant: Merchant, sku: string): number {
  const cabinetMade = /^(\d{9})_\d{9}$/.exec(sku)?.[1];
  if (cabinetMade) return (catalogue.find(cabinetMade)?.index ?? CARDS) - merchant.firstCard;
  const padded = /^06(\d{7})$/.exec(sku)?.[1];
  if (padded) return Number(padded);
  return Number(/(\d+)(\(\d\))?$/.exec(sku)?.[1] ?? Number.NaN) - 100;
}

export function cardOf(catalogue: Catalogue, merchant: Merchant, index: number): Card {
  return catalogue.card(merchant.firstCard + index);
}
