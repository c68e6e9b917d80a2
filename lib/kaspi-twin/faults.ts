import {
  type Endpoint,
  endpoints,
  guardedEndpoints,
  shopEndpoints,
  writeEndpoints,
} from "@/lib/kaspi-twin/endpoints";

/** How a switch is set. Everything is optional; what a fault reads is said in its `about`. */
export type FaultSettings = {
  /** Only these endpoints, instead of the fault's own. */
  at?: readonly Endpoint[];
  /** Strike so many times, then stop. */
  times?: number;
  /** Let so many calls pass first. */
  after?: number;
  /** Only this page of the list (0-based). */
  page?: number;
  sku?: string;
  merchantUid?: string;
  /** Only where the market of this city is asked for. */
  cityId?: string;
  ms?: number;
  status?: number;
  by?: number;
};

type FaultNote = {
  about: string;
  /** The part of the protocol sheet it comes from. */
  sheet: string;
  at: readonly Endpoint[];
  /** Nobody has seen Kaspi do exactly this. */
  assumption?: true;
};

/** Every misbehaviour the twin can be asked for. All are off until switched on. */
export const faults = {
  slow: { about: "answers `ms` milliseconds late (real time)", sheet: "A-E", at: endpoints },
  server_error: { about: "5xx, `status` (502)", sheet: "E", at: endpoints },
  connection_reset: { about: "closes the connection unanswered", sheet: "E", at: endpoints },
  answer_lost: {
    about: "does what was asked and closes the connection unanswered",
    sheet: "E",
    at: endpoints,
  },
  half_answer: { about: "breaks off in the middle of the body", sheet: "E", at: endpoints },
  garbled_json: { about: "200 and JSON cut short", sheet: "E", at: ["list", "offers", "points"] },

  tls_alert: {
    about: "breaks off as a server does whose encryption fails: no HTTP at all",
    sheet: "E",
    at: endpoints,
  },
  slow_loris: {
    about: "sends its answer a byte each `ms` milliseconds (1 s) and never ends (real time)",
    sheet: "E",
    at: endpoints,
  },
  junk: { about: "200 and `by` bytes (5 MB) of noise as JSON", sheet: "E", at: endpoints },
  gzip_bomb: {
    about: "200 and a small packed body that unpacks to 64 MB",
    sheet: "E",
    at: endpoints,
  },
  wrong_types: {
    about: "200 and JSON with text for numbers and objects for lists, `by` levels deep (1)",
    sheet: "B1, E",
    at: ["list", "offers", "points", "merchants"],
  },
  clock_skew: {
    about: "Kaspi's clock is `by` milliseconds ahead (3 h): Date, and Retry-After as a date",
    sheet: "E",
    at: endpoints,
  },

  session_401: { about: "401 with an empty body", sheet: "A3", at: guardedEndpoints },
  session_403: { about: "403 with an empty body", sheet: "A3", at: guardedEndpoints },
  session_302: { about: "302 to the login page", sheet: "A3", at: guardedEndpoints },
  session_login_page: { about: "200 and the login page", sheet: "A3", at: guardedEndpoints },

  cabinet_refuses_address: {
    about:
      "HTML with `status` (403) instead of the cabinet's answers, as foreign addresses may get",
    sheet: "I, L",
    at: guardedEndpoints,
    assumption: true,
  },

  mail_code: { about: "every e-mail login asks for a mailed code", sheet: "A1", at: ["login"] },
  login_flood: {
    about: "MFA_SEND_FLOOD with a break of `ms` milliseconds (60 s)",
    sheet: "A1",
    at: ["login"],
  },
  id_refuses_address: {
    about: "HTML with `status` (403) instead of identity answers, as datacenters get",
    sheet: "A1",
    at: ["login", "login_page", "resend_code", "authorize"],
  },

  sms_flood: {
    about: "SECURITY_CODE_SMS_FLOOD with a break of `ms` milliseconds (60 s)",
    sheet: "A1",
    at: ["login"],
  },
  login_page_remembers: {
    about: "the login page opened again shows the code field it stood at",
    sheet: "A5, L",
    at: ["login_page"],
    assumption: true,
  },

  list_repeats_page: { about: "every page is the first one", sheet: "B1", at: ["list"] },
  list_wrong_total: { about: "`total` is off by `by` (7)", sheet: "B1", at: ["list"] },
  list_bad_row: { about: "the second row of a page is nonsense", sheet: "B1", at: ["list"] },
  list_twice: { about: "every row of a page comes twice", sheet: "B1", at: ["list"] },
  list_429: {
    about: "429 with Retry-After on the list, `ms` milliseconds (60 s)",
    sheet: "I",
    at: ["list"],
  },
  list_finds_nothing: {
    about: "a search of the list for an article finds nothing",
    sheet: "B1",
    at: ["list"],
    assumption: true,
  },
  list_fails: { about: "500 on a page of the list; see `page`", sheet: "B1", at: ["list"] },

  writes_throttled: { about: "429 on writes, without a ban", sheet: "C7", at: writeEndpoints },
  write_lost: { about: "accepted with an id, never applied", sheet: "C1", at: writeEndpoints },
  write_delay: { about: "applied after `ms` milliseconds", sheet: "C1", at: writeEndpoints },

  file_delay: {
    about: "a price list is worked on for `ms` milliseconds (5 min)",
    sheet: "C5",
    at: ["list_upload"],
  },
  file_unfinished: {
    about: "«Unfinished file found» with `status` (200), as while another file is worked on",
    sheet: "C5, L",
    at: ["list_upload"],
    assumption: true,
  },

  storefront_403: { about: "403, as after a burst", sheet: "I", at: ["offers"] },
  storefront_405: {
    about: "405 with Kaspi's JSON, as foreign addresses get",
    sheet: "I",
    at: ["offers"],
  },
  storefront_429: {
    about: "429 with Retry-After, `ms` milliseconds (15 s)",
    sheet: "E",
    at: ["offers"],
  },
  storefront_html: {
    about: "200 and an HTML page; its text is invented",
    sheet: "E, L",
    at: ["offers"],
    assumption: true,
  },

  reviews_repeat_page: {
    about: "every page of reviews is the first one",
    sheet: "F",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  reviews_endless: {
    about: "pages of reviews never end, each of new ones",
    sheet: "F",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  reviews_odd_dates: {
    about: "every third review has something else where its day should be",
    sheet: "F",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  reviews_bad_row: {
    about: "the second review of a page is nonsense",
    sheet: "F",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  reviews_wrong_total: {
    about: "the number of all reviews is off by `by` (7)",
    sheet: "F",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  reviews_empty_page: {
    about: "no reviews on a page, though they are counted; see `page`",
    sheet: "F",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  reviews_refused: {
    about: "`status` (405) instead of reviews, as a call that has moved would answer",
    sheet: "F, I",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  reviews_small_pages: {
    about: "400 for more than `by` (10) reviews a page",
    sheet: "F",
    at: ["card_reviews", "shop_reviews"],
    assumption: true,
  },
  token_refused: { about: "401 for every token", sheet: "G2", at: shopEndpoints },
  shop_api_429: {
    about: "429 with Retry-After of the official API, `ms` milliseconds (30 s)",
    sheet: "G2, I",
    at: shopEndpoints,
  },
  orders_arrive: {
    about: "an order comes after each page of orders and pushes the others on",
    sheet: "G2",
    at: ["shop_orders"],
    assumption: true,
  },
  orders_bad_row: {
    about: "the second order of a page is nonsense",
    sheet: "G2",
    at: ["shop_orders"],
  },
  orders_without_entries: {
    about: "orders come without their lines, though they were asked for",
    sheet: "G2",
    at: ["shop_orders"],
  },
  entries_without_offer: {
    about: "lines come without the seller's article, as in the official sample",
    sheet: "G2",
    at: ["shop_entries"],
  },
  orders_left_out: {
    about: "the second order of a page is counted and not listed",
    sheet: "G2",
    at: ["shop_orders"],
    assumption: true,
  },
  orders_terse: {
    about: "archived orders come without what only orders under way need",
    sheet: "G2",
    at: ["shop_orders"],
    assumption: true,
  },
  order_fails: {
    about: "an order asked for by its code (`sku`) answers `status` (404)",
    sheet: "G2",
    at: ["shop_orders"],
    assumption: true,
  },
  code_without_archive: {
    about: "an archived order is not found by its code alone, without a state",
    sheet: "G2",
    at: ["shop_orders"],
    assumption: true,
  },
  preorder_stays: {
    about: "a preorder whose goods have come goes on being marked as one",
    sheet: "J, L",
    at: ["shop_change"],
    assumption: true,
  },
  entries_bad_row: {
    about: "the first line of an order is nonsense; `sku`: the order's code",
    sheet: "G2",
    at: ["shop_orders", "shop_entries"],
  },
  order_details_fail: {
    about: "getOrderDetails answers GraphQL's error, with 200",
    sheet: "G1",
    at: ["graphql"],
  },
  order_tabs_gone: {
    about: "the cabinet's old form of orders is gone: 404",
    sheet: "G1",
    at: ["order_tabs"],
    assumption: true,
  },
  orders_graphql_fails: {
    about: "getOrders answers GraphQL's error, with 200",
    sheet: "G1",
    at: ["graphql"],
  },
  limit_250: {
    about: "more than `by` (250) changes in 30 minutes stop a login's writes for 30 minutes",
    sheet: "C7, L",
    at: writeEndpoints,
    assumption: true,
  },
  pricefeed_error_bodies: {
    about: "400 and 429 of the price feed carry a JSON body",
    sheet: "L",
    at: writeEndpoints,
    assumption: true,
  },
  su_as_map: {
    about: "the shops to choose from come as {uid: name} instead of a list",
    sheet: "L",
    at: ["login"],
    assumption: true,
  },
  choice_skipped: {
    about: "a login that chooses its shop is let into the first one unasked",
    sheet: "L",
    at: ["login"],
    assumption: true,
  },
  session_lifetime: {
    about: "a session dies `ms` milliseconds after login (24 h)",
    sheet: "L",
    at: ["merchants"],
    assumption: true,
  },
  unlisted_cities_unsold: {
    about: "a row with city prices is sold in those cities only",
    sheet: "L",
    at: ["list", "offers"],
    assumption: true,
  },
  stock_count_delists: {
    about: "stockCount on an offer that does not count its stock removes it",
    sheet: "C3",
    at: writeEndpoints,
    assumption: true,
  },
} as const satisfies Record<string, FaultNote>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as [FaultName, ...FaultName[]];

/** What a fault may be narrowed to. */
export type Occasion = {
  endpoint: Endpoint;
  page?: number | undefined;
  sku?: string | undefined;
  merchantUid?: string | undefined;
  cityId?: string | undefined;
};

type Switch = { settings: FaultSettings; met: number; struck: number };

/** The switches of one twin. */
export class FaultSwitches {
  readonly #on = new Map<FaultName, Switch>();

  set(name: FaultName, settings: FaultSettings = {}): void {
    this.#on.set(name, { settings, met: 0, struck: 0 });
  }

  clear(name?: FaultName): void {
    if (name) this.#on.delete(name);
    else this.#on.clear();
  }

  list(): { name: FaultName; settings: FaultSettings; struck: number }[] {
    return [...this.#on].map(([name, { settings, struck }]) => ({ name, settings, struck }));
  }

  /** The fault's settings when it strikes now, else null. Counts `after` and `times`. */
  strikes(name: FaultName, occasion: Occasion): FaultSettings | null {
    const found = this.#on.get(name);
    if (!found || !fits(faults[name], found.settings, occasion)) return null;
    found.met += 1;
    const { after = 0, times = Number.POSITIVE_INFINITY } = found.settings;
    if (found.met <= after || found.struck >= times) return null;
    found.struck += 1;
    return found.settings;
  }
}

function fits(note: FaultNote, settings: FaultSettings, occasion: Occasion): boolean {
  const at = settings.at ?? note.at;
  return (
    at.includes(occasion.endpoint) &&
    allows(settings.page, occasion.page) &&
    allows(settings.sku, occasion.sku) &&
    allows(settings.merchantUid, occasion.merchantUid) &&
    allows(settings.cityId, occasion.cityId)
  );
}

function allows<T>(wanted: T | undefined, actual: T | undefined): boolean {
  return wanted === undefined || wanted === actual;
}
