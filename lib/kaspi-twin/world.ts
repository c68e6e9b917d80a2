import type { Account } from "@/lib/kaspi-twin/accounts";
import { type Catalogue, catalogue } from "@/lib/kaspi-twin/catalogue";
import type { TwinClock } from "@/lib/kaspi-twin/clock";
import { twinClock } from "@/lib/kaspi-twin/clock";
import { FaultSwitches } from "@/lib/kaspi-twin/faults";
import { FeedPuller } from "@/lib/kaspi-twin/feed-puller";
import { Market } from "@/lib/kaspi-twin/market";
import { OAuthDesk } from "@/lib/kaspi-twin/oauth-desk";
import { Orders } from "@/lib/kaspi-twin/orders";
import { PriceLists } from "@/lib/kaspi-twin/price-lists";
import { PriceWrites } from "@/lib/kaspi-twin/price-writes";
import { kaspiLimits, type Limits, RateLimit } from "@/lib/kaspi-twin/rate-limits";
import { RequestCounters } from "@/lib/kaspi-twin/request-counters";
import { ReviewBook } from "@/lib/kaspi-twin/review-book";
import { SentCodes } from "@/lib/kaspi-twin/sent-codes";
import { Sessions } from "@/lib/kaspi-twin/sessions";
import { Shelves } from "@/lib/kaspi-twin/shelves";

export type TwinUrls = {
  cabinet: string;
  id: string;
  storefront: string;
  images: string;
  control: string;
};

/** Everything one twin knows. Servers and controls are functions over it. */
export type World = {
  seed: string;
  clock: TwinClock;
  /** Filled in once the servers listen. */
  urls: TwinUrls;
  limits: Limits;
  /** Milliseconds from accepting a write to applying it. */
  applyDelay: number;
  catalogue: Catalogue;
  shelves: Shelves;
  market: Market;
  orders: Orders;
  reviews: ReviewBook;
  writes: PriceWrites;
  priceLists: PriceLists;
  feeds: FeedPuller;
  sessions: Sessions;
  oauth: OAuthDesk;
  codes: SentCodes;
  faults: FaultSwitches;
  counters: RequestCounters;
  writeLimit: RateLimit;
  changeLimit: RateLimit;
  offersLimit: RateLimit;
  loginLimit: RateLimit;
  /** Passwords that were changed, by e-mail. */
  passwords: Map<string, string>;
  passwordOf(account: Account): string;
  /** Lets everything happen that is due by now. */
  settle(): void;
  /** Says that something worth saving has changed. */
  changed(): void;
};

export type WorldOptions = {
  seed: string;
  applyDelay: number;
  limits: Partial<Limits>;
  changed: () => void;
  startAt?: Date | undefined;
};

export function createWorld({ startAt, seed, applyDelay, limits, changed }: WorldOptions): World {
  const clock = twinClock(startAt);
  const cards = catalogue(seed);
  const faults = new FaultSwitches();
  const shelves = new Shelves(seed, cards);
  const priceLists = new PriceLists(seed, shelves, faults, changed);
  const passwords = new Map<string, string>();
  const world: World = {
    seed,
    clock,
    urls: { cabinet: "", id: "", storefront: "", images: "", control: "" },
    limits: { ...kaspiLimits, ...limits },
    applyDelay,
    catalogue: cards,
    shelves,
    market: new Market(
      seed,
      shelves,
      clock.now,
      () => !faults.strikes("unlisted_cities_unsold", { endpoint: "offers" }),
    ),
    orders: new Orders(seed, shelves, changed),
    reviews: new ReviewBook(seed, cards, clock.now),
    writes: new PriceWrites(seed, shelves, faults, changed),
    priceLists,
    feeds: new FeedPuller(priceLists, clock.now),
    sessions: new Sessions(),
    oauth: new OAuthDesk(),
    codes: new SentCodes(seed),
    faults,
    counters: new RequestCounters(),
    writeLimit: new RateLimit(),
    changeLimit: new RateLimit(),
    offersLimit: new RateLimit(),
    loginLimit: new RateLimit(),
    passwords,
    passwordOf: (account) => passwords.get(account.email) ?? account.password,
    settle() {
      world.writes.settle(clock.now());
      world.priceLists.settle(clock.now());
    },
    changed,
  };
  return world;
}
