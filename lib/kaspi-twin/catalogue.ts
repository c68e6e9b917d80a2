import { type ProductKind, productKinds, UNBRANDED } from "@/lib/kaspi-twin/product-kinds";
import { between, digits, pick, roll } from "@/lib/kaspi-twin/seeded";

/** A product card of the storefront: what many sellers offer under one number (masterSku). */
export type Card = {
  index: number;
  id: string;
  title: string;
  kind: ProductKind;
  brand: string;
  /** The level around which its sellers price it, whole tenge. */
  usualPrice: number;
  imagePath: string;
};

export const CARDS = 100_000;

/** Card numbers are spread over nine digits by a multiplication that can be undone. */
const NUMBERS = 79_999_987;
const SPREAD = 23_582_385;
const UNSPREAD = 104_729;
const FIRST_NUMBER = 100_000_000;
const FIRST_PICTURE = 1_000_000;
const codeLetters = ["A", "B", "GT", "K", "M", "RX", "S", "T", "VE", "X"] as const;

export type Catalogue = {
  card(index: number): Card;
  find(cardId: string): Card | null;
};

export function catalogue(seed: string): Catalogue {
  const shift = between(0, NUMBERS - 1, seed, "card numbers");
  const card = (index: number) =>
    made(seed, index, String(FIRST_NUMBER + ((index * SPREAD + shift) % NUMBERS)));
  return {
    card,
    find(cardId) {
      if (!/^1\d{8}$/.test(cardId)) return null;
      const spread = Number(cardId) - FIRST_NUMBER - shift;
      const index = (((spread % NUMBERS) + NUMBERS) * UNSPREAD) % NUMBERS;
      return index < CARDS && card(index).id === cardId ? card(index) : null;
    },
  };
}

function made(seed: string, index: number, id: string): Card {
  const kind = pick(productKinds, seed, index, "kind");
  const { brand, name } = pick(kind.models, seed, index, "model");
  const variant = pick(kind.variants, seed, index, "variant");
  const label = brand === UNBRANDED ? kind.noun : `${kind.noun} ${brand}`;
  const code = `${pick(codeLetters, seed, index, "code")}-${digits(4, seed, index, "code")}`;
  return {
    index,
    id,
    title: `${label} ${name} ${code}, ${variant}`,
    kind,
    brand,
    usualPrice: usualPrice(kind, roll(seed, index, "price")),
    imagePath: imagePath(seed, index),
  };
}

/** The picture's name carries the card, so that it can be drawn without looking anything up. */
function imagePath(seed: string, index: number): string {
  const folders = `p${digits(2, seed, index, "a")}/p${digits(2, seed, index, "b")}`;
  return `${folders}/${FIRST_PICTURE + index}.jpg`;
}

export function pictureCard(path: string): number | null {
  const name = /\/(\d{7})\.jpg$/.exec(path)?.[1];
  return name ? Number(name) - FIRST_PICTURE : null;
}

/** Spread evenly on a logarithmic scale: most goods are cheap, a few are dear. */
function usualPrice(kind: ProductKind, part: number): number {
  const [lowest, highest] = kind.prices;
  return shelfPrice(lowest * (highest / lowest) ** part);
}

/** Rounds the way people price: 990, 4 490, 129 990. */
export function shelfPrice(price: number): number {
  const unit = price < 2_000 ? 10 : price < 20_000 ? 100 : 1_000;
  const rounded = Math.round(price / unit) * unit;
  return Math.max(10, price < 2_000 ? rounded : rounded - 10);
}
