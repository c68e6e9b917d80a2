/** No schema in here: the browser needs these lists, too. */
export const RIVALS_PAGE = 50;

const columns = ["name", "cards", "cheaper", "gap", "seen"] as const;
type Column = (typeof columns)[number];
export type RivalSort = Column | `-${Column}`;
export const rivalSorts: RivalSort[] = columns.flatMap((column) => [column, `-${column}` as const]);

/** A seller beside us, over all cards of the stores asked about, as last seen. */
export type Rival = {
  merchantId: string;
  name: string;
  /** On how many of our cards. */
  cards: number;
  /** On how many of those below our price. */
  cheaper: number;
  /** How far from our price in the middle of those cards, tenths of a percent; below zero is cheaper. */
  gap: number | null;
  seenAt: Date | null;
};

/** What Kaspi calls sellers, by their numbers. */
export type SellerNames = ReadonlyMap<string, string>;

/** A seller as a list of choices shows it. */
export type FoundSeller = { id: string; name: string; cards: number };

/** What a seller's number looks like. */
export const sellerId = /^[\w.-]{1,64}$/;
