import type { LoginBreak } from "@/lib/accounts/model";
import type { ChannelState } from "@/lib/exits/channel-model";
import type { SessionState } from "./model";

export type Point = {
  pointId: string;
  label: string;
  cityId: string;
  cityName: string;
  isActive: boolean;
};

/** A city of the store with its points. */
export type CityView = { id: string; name: string; isMain: boolean; points: Point[] };

/** Why the main city is the one it is. */
export type CityChoice =
  | { why: "person"; who: string | null; at: Date }
  | { why: "most_points" | "guess" | "kept" };

/** Changes of prices taken from the login's budget in the window that ends now. */
export type BudgetUse = { used: number; limit: number; windowMinutes: number; freeAt: Date | null };

/** An address the market is read from, as the store's page needs it. */
export type ExitUse = {
  id: string;
  /** Null: the machine's own address. */
  name: string | null;
  isActive: boolean;
  restingUntil: Date | null;
  deadSince: Date | null;
};

type Pull = { who: string | null; at: Date };

/** One thing of the store that stands still. */
export type Stop =
  | { kind: "office" | "store"; who: string | null; at: Date }
  /** Nothing but the official interface is allowed, so the bot stands. */
  | { kind: "official" }
  | { kind: "paused"; who: string | null; at: Date | null }
  | { kind: "login"; reason: string | null; login: string | null }
  | { kind: "login_break"; by: LoginBreak["by"]; until: Date }
  | { kind: "writes"; until: Date }
  | { kind: "budget"; limit: number; windowMinutes: number; until: Date }
  | { kind: "exit"; name: string | null; until: Date }
  /** Nothing comes through any of them. */
  | { kind: "exits_dead" }
  | { kind: "no_exit" };

/** Everything that may hold a store back. */
export type StopFacts = {
  isActive: boolean;
  officialOnly: boolean;
  paused: Pull | null;
  stopped: Pull | null;
  officeStopped: Pull | null;
  login: string | null;
  session: SessionState;
  reauthReason: string | null;
  loginBlockedUntil: Date | null;
  loginBlockedBy: LoginBreak["by"] | null;
  writesBlockedUntil: Date | null;
  budget: BudgetUse;
  exits: ExitUse[];
};

/** What the store's page shows besides the facts of the list. */
export type StorePage = {
  kaspiName: string | null;
  note: string | null;
  /** Sealed; see `tokenView`. */
  token: { apiToken: string | null; apiTokenCheckedAt: Date | null };
  accountId: string | null;
  cities: CityView[];
  cityChoice: CityChoice;
  /** Priced besides the main city. */
  pricedCities: string[];
  /** How many products can be priced city by city: Kaspi shows a price for each. */
  withCityPrices: number;
  facts: StopFacts;
  channels: ChannelState[];
};
