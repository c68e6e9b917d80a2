import type { KaspiAccess } from "./access";
import { kept } from "./kept";
import { type ExitSlot, takeExitSlots, type WindowEndpoint } from "./queries";

/** More exits than this are not locked by one statement. */
const MOST_AT_ONCE = 32;

type Waiting = {
  resolve(slot: ExitSlot | null): void;
  reject(error: unknown): void;
  signal: AbortSignal | undefined;
};

/** Null while nobody is served. */
type Serving = { queue: Waiting[] | null };

const servingOf = kept(
  "slots",
  (): Record<WindowEndpoint, Serving> => ({ offers: { queue: null }, reviews: { queue: null } }),
);

/**
 * The next moment at which some exit may be read through, or null when none is free within
 * `longestWaitMs`. Readers that ask while others are being served are served together, by one
 * statement: each slot taken has a reader that waits for it, so none is taken in advance.
 */
export function nextExitSlot(
  access: KaspiAccess,
  longestWaitMs: number,
  signal?: AbortSignal,
  endpoint: WindowEndpoint = "offers",
): Promise<ExitSlot | null> {
  return new Promise((resolve, reject) => {
    const serving = servingOf(access)[endpoint];
    if (serving.queue) return serving.queue.push({ resolve, reject, signal });
    const mine = [{ resolve, reject, signal }];
    serving.queue = mine;
    void serve(access, mine, { longestWaitMs, endpoint });
  });
}

type Asked = { longestWaitMs: number; endpoint: WindowEndpoint };

async function serve(access: KaspiAccess, queue: Waiting[], asked: Asked): Promise<void> {
  // Those who ask in the same turn are served together from the first.
  await Promise.resolve();
  while (queue.length > 0) {
    const asking = queue.splice(0, MOST_AT_ONCE).filter(stillWants);
    if (asking.length === 0) continue;
    try {
      const wanted = { most: asking.length, ...asked };
      const slots = await takeExitSlots(access.db, wanted, access.clock());
      for (const [nth, { resolve }] of asking.entries()) resolve(slots[nth] ?? null);
    } catch (error) {
      for (const { reject } of asking) reject(error);
    }
  }
  servingOf(access)[asked.endpoint].queue = null;
}

/** Who has gone meanwhile takes no slot away from the others. */
function stillWants({ signal, reject }: Waiting): boolean {
  if (signal?.aborted) reject(signal.reason);
  return !signal?.aborted;
}
