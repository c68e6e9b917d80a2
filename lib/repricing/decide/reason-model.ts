/**
 * Why a price is what it is. The sentence is the message `reasons.decision.<reason>`; what the exit
 * gate says is `reasons.gate.<why>`, a state `reasons.state.<state>`, a trail step `reasons.trail.<clamp>`.
 */
export const changeReasons = [
  "undercut",
  "matched",
  "stayed_above",
  "placed",
  "averaged",
  "fixed_price",
  "raised_under_next",
  "pinned_to_floor",
  "fallback_position",
  "blocked_to_ceiling",
  "capped_at_ceiling",
  "no_competitors_ceiling",
  "no_competitors_climb",
  "raised_to_floor",
  "behind_own_store",
  "sleep_to_ceiling",
  "low_stock_to_ceiling",
  "step_guard",
] as const;

export const holdReasons = [
  "stale_offers",
  "no_competitors_hold",
  "already_first",
  "own_store_leads",
  "sleep_hold",
  "low_stock_hold",
  "blocked_hold",
  "already_at_target",
  "anomaly_frozen",
] as const;

export const skipReasons = [
  "rule_disabled",
  "unreadable_rule",
  "missing_floor",
  "floor_above_ceiling",
  "manual_lock",
  "not_on_sale",
  "missing_card",
  "missing_price",
] as const;

/** Decisions of people. */
export const manualReasons = ["set_by_hand", "put_back"] as const;

export type ChangeReason = (typeof changeReasons)[number];
export type HoldReason = (typeof holdReasons)[number];
export type SkipReason = (typeof skipReasons)[number];
export type ManualReason = (typeof manualReasons)[number];
export type Reason = ChangeReason | HoldReason | SkipReason | ManualReason;

export const unseenWhys = [
  /** Nothing was asked: the decision did not need the market. */
  "not_read",
  "address_refused",
  "throttled",
  "unreachable",
  "malformed",
  "no_exit",
  /** Kaspi shows nobody who counts, and not us either: whether we are alone there nobody knows. */
  "not_listed",
] as const;

export type UnseenWhy = (typeof unseenWhys)[number];

/** Params that are tenge. The sentence gets them already written as money; all others as they are. */
const moneyParams = [
  "price",
  "current",
  "wanted",
  "floor",
  "ceiling",
  "rival",
  "reference",
  "leader",
] as const;

/**
 * The numbers of a sentence: tenge under the names of `moneyParams`, of them `rival` the cheapest that
 * counts, `reference` what the rule's price is taken from when that is another, `leader` our other
 * store's; `percent` of a wanted change and the `limit` it met; `rivals` that count, of them `counted`
 * in an average, `preorders` and `ignored` ones that do not; `minutes` since the market was read;
 * `wakes`, the minute of the week at which the bot works again; `daysLeft` for which the stock lasts, and
 * `daysAsked` below which the rule minds. And words for ICU's `select`: `because`,
 * the reason behind an unchanged price; `why`, the state of an unread market; `blockedBy`, what keeps
 * the rule's price under the floor; `tidied`, what made a price a little another.
 */
export type ReasonParams = {
  [Name in (typeof moneyParams)[number]]?: number;
} & {
  percent?: number;
  limit?: number;
  rivals?: number;
  preorders?: number;
  ignored?: number;
  counted?: number;
  wakes?: number;
  minutes?: number;
  daysLeft?: number;
  daysAsked?: number;
  because?: ChangeReason;
  why?: UnseenWhy | "old";
  blockedBy?: "rival" | "step" | "average" | "rule";
  tidied?: "rounding" | "profit";
  /** The floor that is missing was to be computed from cost. */
  floorFrom?: "cost";
  /** The ceiling that the floor is above was computed from cost. */
  ceilingFrom?: "cost";
};

/** Params as the message wants them: `t("reasons.decision." + reason, reasonValues(params, money))`. */
export function reasonValues(
  params: Readonly<Record<string, number | string>>,
  formatMoney: (amount: number) => string,
): Record<string, number | string> {
  const isMoney = (name: string) => moneyParams.some((money) => money === name);
  const unsaid = {
    preorders: 0,
    ignored: 0,
    floorFrom: "typed",
    ceilingFrom: "typed",
    tidied: "no",
  };
  const reference = params.reference ?? params.rival;
  const all = {
    ...unsaid,
    ...(reference !== undefined && { reference }),
    ...params,
    ...(typeof params.wakes === "number" && wakingAt(params.wakes)),
    alone: params.ignored ? "filtered" : params.preorders ? "preorders" : "nobody",
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      isMoney(name) && typeof value === "number" ? formatMoney(value) : value,
    ]),
  );
}

/** A minute of the week in words: the day from 1, and the time. */
function wakingAt(minute: number): { wakesDay: string; wakesAt: string } {
  const [days, rest] = [Math.floor(minute / 1440), minute % 1440];
  const two = (part: number) => String(part).padStart(2, "0");
  return {
    wakesDay: String(days + 1),
    wakesAt: `${two(Math.floor(rest / 60))}:${two(rest % 60)}`,
  };
}
