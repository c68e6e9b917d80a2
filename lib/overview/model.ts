import { z } from "zod";
import type { Tenge } from "@/lib/core/money";
import { DAY } from "@/lib/core/time";
import type { Notice } from "@/lib/notices/model";
import type { WarRow } from "@/lib/price-wars/model";
import type { Standing } from "@/lib/products/filter-model";
import type { RunProgress } from "@/lib/runs/model";
import { shareDays } from "./share-model";

export const overviewSchema = z.object({
  store: z.uuid().optional().catch(undefined),
  /** Over how many days the share of first places is drawn. */
  days: z.enum(shareDays).default("14").catch("14"),
});

export const KEEP_SNAPSHOTS_MS = 90 * DAY;
export const FROZEN_SHOWN = 5;

/** Products on sale that a bot watches, by how they stand. */
export type GoodsCounts = { watched: number } & Record<Standing, number>;

/** What is wrong with a store, the worst first. */
export type StoreStanding =
  | "needs_login"
  | "stopped"
  | "paused"
  | "held"
  | "login_waits"
  | "writes_blocked"
  | "sync_late"
  | "loading"
  | "works";

export type StoreHealth = {
  id: string;
  name: string;
  accountId: string | null;
  standing: StoreStanding;
  lastSyncAt: Date | null;
  writesBlockedUntil: Date | null;
  goods: GoodsCounts;
  /** The market of a watched product was last read then. */
  marketReadAt: Date | null;
  /** What runs for it now. */
  run: RunProgress | null;
  isPricing: boolean;
  /** Prices that the breaker or a failed trial keeps back until a person answers. */
  held: number;
};

export type JobTrouble = { job: string; kind: "late" | "failing"; lastSuccessAt: Date | null };

export type ExitHealth = {
  id: string;
  name: string;
  isDirect: boolean;
  state: "works" | "resting" | "refused" | "dead";
  restingUntil: Date | null;
};

/** The addresses cannot read all markets as often as the rules ask: how often they can, and would have to. */
export type ShortReading = { wantedMs: number; achievedMs: number };

/** The share of first places on a day of the workspace, `YYYY-MM-DD`. */
export type DayShare = { day: string; ranked: number; first: number };

export type FrozenPrice = {
  decisionId: string;
  productId: string;
  name: string;
  storeName: string;
  /** Of a city other than the one the product is shown by. */
  cityName: string | null;
  price: Tenge | null;
  wanted: Tenge | null;
  decidedAt: Date;
};

/** Changes of prices since midnight of the workspace. */
export type Today = { decided: number; sent: number; confirmed: number; rejected: number };

export type LoginBudget = {
  login: string;
  used: number;
  limit: number;
  /** When the next change is free, for a budget that is used up or a login that Kaspi has stopped. */
  freeAt: Date | null;
};

export type Overview = {
  stores: StoreHealth[];
  jobs: JobTrouble[];
  exits: ExitHealth[];
  /** Null: they can. */
  reading: ShortReading | null;
  isStopped: boolean;
  goods: GoodsCounts;
  days: DayShare[];
  notices: Notice[];
  frozen: { count: number; rows: FrozenPrice[] };
  wars: { count: number; rows: WarRow[] };
  today: Today & { waiting: number };
  budgets: LoginBudget[];
  windowMinutes: number;
};
