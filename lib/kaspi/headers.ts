import { realHosts } from "@/lib/kaspi/hosts";

// Who the browser is, its exit says: see `identity`.

const fetched = { "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" };

/** Every call of the cabinet's API (protocol 0): the page lives on kaspi.kz, the API does not. */
export const cabinetHeaders = {
  Accept: "application/json, text/plain, */*",
  "X-Auth-Version": "3",
  Origin: realHosts.storefront,
  Referer: `${realHosts.storefront}/`,
  "Sec-Fetch-Site": "same-site",
  ...fetched,
};

/** The login page's own calls (protocol A1). */
export const identityHeaders = {
  Accept: "application/json, text/plain, */*",
  Origin: realHosts.id,
  Referer: `${realHosts.id}/login`,
  "Sec-Fetch-Site": "same-origin",
  ...fetched,
};

/** A page opened in the address bar: the steps of the OAuth chain (protocol A2). */
export const navigationHeaders = {
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "Upgrade-Insecure-Requests": "1",
  "Sec-Fetch-Site": "none",
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-User": "?1",
  "Sec-Fetch-Dest": "document",
};

/** The sellers table of a product page, in one city (protocol E). */
export function storefrontHeaders(cardId: string, cityId: string): Record<string, string> {
  return {
    Accept: "application/json, text/*",
    Origin: realHosts.storefront,
    Referer: `${realHosts.storefront}/shop/p/-${cardId}/?c=${cityId}`,
    "X-KS-City": cityId,
    "Sec-Fetch-Site": "same-origin",
    ...fetched,
    Cookie: `kaspi.city=${cityId}`,
  };
}

/** The reviews below a product page, or on a seller's page (protocol F). */
export function reviewHeaders(page: string): Record<string, string> {
  return {
    Accept: "application/json, text/*",
    Referer: `${realHosts.storefront}${page}`,
    "Sec-Fetch-Site": "same-origin",
    ...fetched,
  };
}

/** The official API: without them it answers 406, or not at all (protocol G2). */
export const shopApiHeaders = {
  Accept: "application/vnd.api+json",
  "Content-Type": "application/vnd.api+json",
};
