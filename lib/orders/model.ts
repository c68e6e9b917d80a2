/** The tabs of Kaspi's cabinet, in its order. */
export const orderTabs = [
  "new",
  "sign",
  "pickup",
  "delivery",
  "preorder",
  "packing",
  "handover",
  "transmitted",
  "returning",
  "archive",
  // Not Kaspi's: a state that is not known here yet.
  "other",
] as const;
export type OrderTab = (typeof orderTabs)[number];

/** Where orders come from. */
export const orderSources = ["shop_api", "cabinet", "cabinet_legacy"] as const;
export type OrderSource = (typeof orderSources)[number];

/** What a person may do to an order. */
export const orderActions = ["accept", "assemble", "complete", "cancel", "arrive"] as const;
export type OrderAction = (typeof orderActions)[number];
