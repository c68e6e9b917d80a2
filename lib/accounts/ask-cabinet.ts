import type { KaspiAccess } from "@/lib/exits/access";
import type { Channel } from "@/lib/exits/channel-model";
import { assertAllowed, throughChannel } from "@/lib/exits/channels";
import type { CabinetSession } from "@/lib/kaspi/session";
import { inCabinet } from "./cabinet";

/**
 * Asks the login's cabinet through a channel, as `inCabinet` does. Throws `official_only` before
 * anything is done: not even a session is renewed for a store whose seller forbids it.
 */
export async function askCabinet<T>(
  access: KaspiAccess,
  { accountId, channel }: { accountId: string; channel: Channel },
  work: (cabinet: CabinetSession) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  await assertAllowed(access, channel);
  return inCabinet(
    access,
    accountId,
    (cabinet) => throughChannel(access, channel, () => work(cabinet)),
    signal,
  );
}
