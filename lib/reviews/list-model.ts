/** No schema in here: the browser needs these lists, too. */
export const REVIEWS_PAGE = 50;

/** Days back, today counted, as Kaspi has them. */
export const periodDays = [30, 90, 180, 365] as const;
export type PeriodDays = (typeof periodDays)[number];

export const starChoices = ["5", "4", "3", "2", "1", "low", "none"] as const;
export type StarChoice = (typeof starChoices)[number];

/** So many stars and fewer are a low review. */
export const LOW_STARS = 2;

export const contentChoices = ["text", "pictures"] as const;

/** A review as a page shows it. */
export type Review = {
  /** Unique among all: the list it stands in and Kaspi's id. */
  key: string;
  storeId: string | null;
  storeName: string | null;
  cardId: string | null;
  cardName: string | null;
  sellerId: string | null;
  sellerName: string | null;
  author: string | null;
  /** `2026-11-20`; null where Kaspi wrote no day. */
  day: string | null;
  oddDay: string | null;
  rating: number | null;
  text: string | null;
  plus: string | null;
  minus: string | null;
  pictures: { small: string; large: string }[];
};

/** How many reviews are alike in all that the analysis asks. */
export type Tally = {
  /** `2026-11-20`; null where Kaspi wrote no day. */
  day: string | null;
  rating: number | null;
  sellerId: string | null;
  count: number;
};

/** How many of each star, one star first. */
export type Stars = readonly [number, number, number, number, number];

export const isStars = (stars: readonly number[] | null): stars is Stars => stars?.length === 5;
