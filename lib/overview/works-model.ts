/** What of Kaspi works by itself. */
export type WayGroup = "storefront" | "list" | "writes" | "login" | "shop_api";

/** `idle`: nobody has asked yet. */
export type WayState = "works" | "struggling" | "down" | "idle";

export type WayStatus = {
  group: WayGroup;
  state: WayState;
  /** Since when it has not simply worked. */
  since: Date | null;
  lastOkAt: Date | null;
};

export type ExitCounts = { all: number; working: number; resting: number; dead: number };
