import type { ChannelName, ChannelState } from "@/lib/exits/channel-model";
import type { WayGroup, WayState, WayStatus } from "./works-model";

const groupOf: Record<ChannelName, WayGroup> = {
  market: "storefront",
  list: "list",
  points: "list",
  read_back: "list",
  orders: "list",
  session: "list",
  prices: "writes",
  login: "login",
  shop_api: "shop_api",
};

const groups: readonly WayGroup[] = ["storefront", "list", "writes", "login", "shop_api"];

/** Failures in a row after which nobody hopes that it was an accident. */
const ENOUGH = 3;

type Known = Pick<ChannelState, "channel" | "lastOkAt" | "failuresInRow" | "failingSince">;

/** How each way to Kaspi does, from what it last answered to logins, stores and exits in use. */
export function waysNow(states: readonly Known[]): WayStatus[] {
  return groups.map((group) => {
    const known = states.filter(({ channel }) => groupOf[channel] === group);
    const failing = known.filter(({ failuresInRow }) => failuresInRow > 0);
    const lastOkAt = latest(known.map((one) => one.lastOkAt));
    const since = failing.map(({ failingSince }) => failingSince);
    const state = stateOf(known, failing);
    // Struggling since the first went silent; down since the last one did.
    const from = state === "down" ? latest(since) : state === "struggling" ? first(since) : null;
    return { group, state, since: from, lastOkAt };
  });
}

function stateOf(known: readonly Known[], failing: readonly Known[]): WayState {
  if (known.length === 0) return "idle";
  if (failing.length === 0) return "works";
  const areDown = failing.every(({ failuresInRow }) => failuresInRow >= ENOUGH);
  return failing.length === known.length && areDown ? "down" : "struggling";
}

function latest(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((most, date) => (date && (!most || date > most) ? date : most), null);
}

function first(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((least, date) => (date && (!least || date < least) ? date : least), null);
}
