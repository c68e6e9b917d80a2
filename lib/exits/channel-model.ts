/** The ways we speak to Kaspi; each may fail by itself. */
export const channelNames = [
  "login",
  "session",
  "list",
  "points",
  "market",
  "prices",
  "read_back",
  "shop_api",
  "orders",
] as const;

export type ChannelName = (typeof channelNames)[number];

/**
 * What we ask Kaspi for, and for whom: a login (`login`, `session`), an exit that reads for a store
 * (`market`, nobody's store when it is only tried), or a store.
 */
export type Channel =
  | { name: Exclude<ChannelName, "market">; of: string }
  | { name: "market"; of: string; forStore: string | null };

/** The channels of Kaspi's official interface; all others are its cabinet and its shop window. */
export const officialChannels: readonly ChannelName[] = ["shop_api"];

/** What Kaspi last answered through a channel. */
export type ChannelState = {
  subjectId: string;
  channel: ChannelName;
  lastOkAt: Date | null;
  lastFailureAt: Date | null;
  /** Kept after Kaspi answers again. */
  failureKind: string | null;
  failuresInRow: number;
  /** When the present row of failures began. */
  failingSince: Date | null;
};
