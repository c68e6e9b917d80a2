import { realHosts } from "@/lib/kaspi/hosts";

/** Kaspi answers 429 at once to clients that name themselves (protocol I). */
const USER_AGENT =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

const browser = {
  "Accept-Language": "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7",
  "Accept-Encoding": "gzip, deflate, br",
  "User-Agent": USER_AGENT,
};

const fetched = { "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty" };

/** Every call of the cabinet's API (protocol 0): the page lives on kaspi.kz, the API does not. */
export const cabinetHeaders = {
  Accept: "application/json, text/plain, */*",
  ...browser,
  "X-Auth-Version": "3",
  Origin: realHosts.storefront,
  Referer: `${realHosts.storefront}/`,
  "Sec-Fetch-Site": "same-site",
  ...fetched,
};

/** The login page's own calls (protocol A1). */
export const identityHeaders = {
  Accept: "application/json, text/plain, */*",
  ...browser,
  Origin: realHosts.id,
  Referer: `${realHosts.id}/login`,
  "Sec-Fetch-Site": "same-origin",
  ...fetched,
};

/** A page opened in the address bar: the steps of the OAuth chain (protocol A2). */
export const navigationHeaders = {
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  ...browser,
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
    ...browser,
    Origin: realHosts.storefront,
    Referer: `${realHosts.storefront}/shop/p/-${cardId}/?c=${cityId}`,
    "X-KS-City": cityId,
    "Sec-Fetch-Site": "same-origin",
    ...fetched,
    Cookie: `kaspi.city=${cityId}`,
  };
}
