import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import type { SessionState } from "@/lib/stores/model";
import type {
  DayShare,
  ExitHealth,
  GoodsCounts,
  JobTrouble,
  LoginBudget,
  ShortReading,
  StoreStanding,
} from "./model";

type StoreFacts = {
  session: SessionState;
  login: string | null;
  isActive: boolean;
  sendingStoppedAt: Date | null;
  writesBlockedUntil: Date | null;
  lastSyncAt: Date | null;
  nextSyncAt: Date | null;
  /** Whether the breaker or a failed trial keeps its prices back. */
  isHeld: boolean;
};

/** A sync may wait its turn for a while before anybody need know. */
const SYNC_PATIENCE = HOUR;

const isAhead = (at: Date | null, now: Date): at is Date => at !== null && at > now;

/** How a store is doing: what only a person can undo comes before what passes by itself. */
export function standingOf(store: StoreFacts, isStopped: boolean, now: Date): StoreStanding {
  if (store.session === "needs_reauth" || store.login === null) return "needs_login";
  if (isStopped || store.sendingStoppedAt !== null) return "stopped";
  if (!store.isActive) return "paused";
  if (store.isHeld) return "held";
  if (store.session === "waiting") return "login_waits";
  if (isAhead(store.writesBlockedUntil, now)) return "writes_blocked";
  if (store.lastSyncAt === null) return "loading";
  const isLate =
    store.nextSyncAt !== null && now.getTime() - store.nextSyncAt.getTime() > SYNC_PATIENCE;
  return isLate ? "sync_late" : "works";
}

type JobFacts = {
  job: string;
  late: boolean;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
};

/** Jobs that somebody should look at: behind their schedule, or failed since they last worked. */
export function jobTroubles(jobs: readonly JobFacts[], now: Date): JobTrouble[] {
  return jobs.flatMap(({ job, late, lastSuccessAt, lastFailureAt }) => {
    const isFailing =
      lastFailureAt !== null &&
      lastFailureAt > (lastSuccessAt ?? new Date(0)) &&
      now.getTime() - lastFailureAt.getTime() < DAY;
    if (!late && !isFailing) return [];
    return [{ job, kind: isFailing ? "failing" : "late", lastSuccessAt }];
  });
}

type ExitFacts = { restingUntil: Date | null; restReason: string | null; deadSince: Date | null };

export function exitState(exit: ExitFacts, now: Date): ExitHealth["state"] {
  if (exit.deadSince !== null) return "dead";
  if (!isAhead(exit.restingUntil, now)) return "works";
  return exit.restReason === "kaspi_throttled" ? "resting" : "refused";
}

type BudgetFacts = {
  used: number;
  limit: number;
  slotFreeAt: Date | null;
  writesBlockedUntil: Date | null;
};

/** When a login may change a price again; null while it may now. */
export function budgetFreeAt(budget: BudgetFacts, now: Date): LoginBudget["freeAt"] {
  const { writesBlockedUntil: blocked, slotFreeAt } = budget;
  const full = budget.used >= budget.limit ? slotFreeAt : null;
  const waits = [blocked, full].filter((at) => isAhead(at, now));
  return waits.reduce<Date | null>((last, at) => (last && at && last > at ? last : at), null);
}

export type ReadingFacts = {
  /** Products × cities that a bot watches. */
  markets: number;
  askedPerMinute: number;
  ablePerMinute: number;
};

/** How often a market is read on average, where the rules ask for more than the addresses can do; else null. */
export function shortReading({
  markets,
  askedPerMinute,
  ablePerMinute,
}: ReadingFacts): ShortReading | null {
  if (ablePerMinute === 0 || askedPerMinute <= ablePerMinute) return null;
  return {
    wantedMs: Math.round((markets / askedPerMinute) * MINUTE),
    achievedMs: Math.round((markets / ablePerMinute) * MINUTE),
  };
}

/** Whole percent of first places. All and none are said only when they are true. */
export function shareOf({ first, ranked }: Pick<DayShare, "first" | "ranked">): number | null {
  if (ranked === 0) return null;
  if (first === ranked) return 100;
  return first === 0 ? 0 : Math.min(99, Math.max(1, Math.round((100 * first) / ranked)));
}

export const noGoods: GoodsCounts = {
  watched: 0,
  ranked: 0,
  unread: 0,
  first: 0,
  attacked: 0,
  blocked: 0,
  war: 0,
  late: 0,
  rejected: 0,
  unfloored: 0,
};

export function sumGoods(stores: readonly GoodsCounts[]): GoodsCounts {
  const sum = { ...noGoods };
  for (const name of Object.keys(sum) as (keyof GoodsCounts)[])
    for (const store of stores) sum[name] += store[name];
  return sum;
}

/** The calendar day in a zone, `YYYY-MM-DD`. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}

/** The last days up to the day of `now`, oldest first; one that nobody counted has nothing ranked. */
export function lastDays(
  counted: readonly DayShare[],
  { today, days }: { today: string; days: number },
): DayShare[] {
  const known = new Map(counted.map((share) => [share.day, share]));
  // Calendar days, so that a day of 23 or 25 hours does not move the row.
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(last - (days - 1 - index) * DAY).toISOString().slice(0, 10);
    return known.get(day) ?? { day, ranked: 0, first: 0 };
  });
}
