import { type ChannelName, type ChannelState, channelNames } from "@/lib/exits/channel-model";
import type { ExitUse } from "@/lib/stores/page-model";

/** One row of the table: a channel, asked already or not; the market has a row per exit. */
export type ChannelLine = {
  key: string;
  channel: ChannelName;
  /** Of a market's exit; null is the machine's own address. */
  exit: string | null;
  lastOkAt: Date | null;
  lastFailureAt: Date | null;
  failureKind: string | null;
  failuresInRow: number;
};

const never = { lastOkAt: null, lastFailureAt: null, failureKind: null, failuresInRow: 0 };

/** Every channel of the store in the order they are used. */
export function channelLines(states: ChannelState[], exits: ExitUse[]): ChannelLine[] {
  return channelNames.flatMap((channel): ChannelLine[] => {
    const known = states.filter((state) => state.channel === channel);
    if (channel !== "market")
      return [{ key: channel, channel, exit: null, ...(known[0] ?? never) }];
    return exits.map(({ id, name }) => ({
      key: id,
      channel,
      exit: name,
      ...(known.find(({ subjectId }) => subjectId === id) ?? never),
    }));
  });
}
