/** What the twin answers, by host. Faults and counters speak of these names. */
export const cabinetEndpoints = [
  "start_login",
  "callback",
  "logout",
  "merchants",
  "list",
  "details",
  "details_batch",
  "points",
  "lowest_price",
  "graphql",
  "process",
  "process_batch",
  "configuration",
  "list_upload",
  "list_status",
  "list_last",
  "list_rows",
  "order_tabs",
] as const;

export const identityEndpoints = [
  "login_page",
  "login",
  "resend_code",
  "authorize",
  "identity_root",
] as const;

export const storefrontEndpoints = [
  "offers",
  "card_reviews",
  "shop_reviews",
  "product_page",
  "shell",
  "picture",
  "shop_orders",
  "shop_change",
  "shop_entries",
  "shop_entry_product",
] as const;

export type Endpoint =
  | (typeof cabinetEndpoints)[number]
  | (typeof identityEndpoints)[number]
  | (typeof storefrontEndpoints)[number];

export const endpoints: readonly Endpoint[] = [
  ...cabinetEndpoints,
  ...identityEndpoints,
  ...storefrontEndpoints,
];

/** Calls of the official API, with a shop's token. */
export const shopEndpoints = [
  "shop_orders",
  "shop_change",
  "shop_entries",
  "shop_entry_product",
] as const satisfies readonly Endpoint[];

/** Calls that need a session. */
export const guardedEndpoints = [
  "merchants",
  "list",
  "details",
  "details_batch",
  "points",
  "lowest_price",
  "graphql",
  "process",
  "process_batch",
  "configuration",
  "list_upload",
  "list_status",
  "list_last",
  "list_rows",
  "order_tabs",
] as const satisfies readonly Endpoint[];

export const writeEndpoints = [
  "process",
  "process_batch",
  "list_upload",
] as const satisfies readonly Endpoint[];
