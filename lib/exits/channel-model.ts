/** The ways we speak to Kaspi; each may fail by itself. */
export const channelNames = [
  "login",
  "session",
  "list",
  "points",
  "market",
  "prices",
  "read_back",
] as const;

export type ChannelName = (typeof channelNames)[number];

/** A way to Kaspi of one login, store or exit. */
export type Channel = { name: ChannelName; of: string };

/** What Kaspi last answered through a channel. */
export type ChannelState = {
  subjectId: string;
  channel: ChannelName;
  lastOkAt: Date | null;
  lastFailureAt: Date | null;
  /** Kept after Kaspi answers again. */
  failureKind: string | null;
  failuresInRow: number;
};
