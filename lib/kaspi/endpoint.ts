import { hostNameOf } from "@/lib/kaspi/hosts";

/** Things we ask of Kaspi that fail and mend apart from each other. */
export const endpointNames = [
  "login",
  "session",
  "merchants",
  "list",
  "points",
  "writes",
  "cabinet",
  "offers",
  "reviews",
  "storefront",
  "shop_api",
] as const;

export type EndpointName = (typeof endpointNames)[number];

const cabinetPaths: readonly [RegExp, EndpointName][] = [
  [/^\/(oauth2|login\/oauth2|logout)\b/, "session"],
  [/^\/s\/m$/, "merchants"],
  [/^\/bff\/offer-view\/list$/, "list"],
  [/^\/bff\/offer-view\/points$/, "points"],
  [/^\/pricefeed\/upload\/merchant\/process/, "writes"],
];

const storefrontPaths: readonly [RegExp, EndpointName][] = [
  [/^\/shop\/api\//, "shop_api"],
  [/^\/yml\/offer-view\/offers\//, "offers"],
  [/^\/yml\/review-view\//, "reviews"],
];

/** Which of them a real address belongs to (protocol 0). */
export function endpointOf(url: URL): EndpointName {
  const host = hostNameOf(url);
  if (host === "id") return "login";
  const isCabinet = host === "cabinet";
  const known = (isCabinet ? cabinetPaths : storefrontPaths).find(([path]) =>
    path.test(url.pathname),
  );
  return known?.[1] ?? (isCabinet ? "cabinet" : "storefront");
}
