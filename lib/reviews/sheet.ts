import type { Review } from "./list-model";

export type ReviewColumn =
  | "day"
  | "store"
  | "card"
  | "product"
  | "seller"
  | "stars"
  | "author"
  | "text"
  | "plus"
  | "minus"
  | "pictures";

type Column = {
  header: string;
  width: number;
  value: (review: Review) => string | number | null;
};

/** The columns of a file of reviews. */
export function reviewsSheet(header: (name: ReviewColumn) => string): Column[] {
  return [
    { header: header("day"), width: 12, value: ({ day, oddDay }) => day ?? oddDay },
    { header: header("store"), width: 22, value: ({ storeName }) => storeName },
    { header: header("card"), width: 14, value: ({ cardId }) => cardId },
    { header: header("product"), width: 44, value: ({ cardName }) => cardName },
    { header: header("seller"), width: 22, value: ({ sellerName }) => sellerName },
    { header: header("stars"), width: 9, value: ({ rating }) => rating },
    { header: header("author"), width: 16, value: ({ author }) => author },
    { header: header("text"), width: 60, value: ({ text }) => text },
    { header: header("plus"), width: 30, value: ({ plus }) => plus },
    { header: header("minus"), width: 30, value: ({ minus }) => minus },
    {
      header: header("pictures"),
      width: 40,
      value: ({ pictures }) => pictures.map(({ large }) => large).join(" ") || null,
    },
  ];
}
