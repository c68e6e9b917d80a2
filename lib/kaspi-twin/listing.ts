/** One seller's offer as buyers of a city see it. Price in whole tenge. */
export type Listing = {
  merchantId: string;
  merchantName: string;
  merchantSku: string;
  title: string;
  price: number;
  /** Undefined: the key is absent from the answer. */
  rating: number | null | undefined;
  reviews: number | undefined;
  kaspiDelivery: boolean;
  pointId: string;
  /** Where the goods lie. */
  cityId: string;
  /** Days until they arrive there; 0 means in stock. */
  preorder: number;
  delivery: "EXPRESS" | "TODAY" | "TOMORROW" | "TILL_2_DAYS" | "TILL_5_DAYS" | "TILL_7_DAYS";
};
