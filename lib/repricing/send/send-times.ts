import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { DecisionRow } from "@/lib/repricing/check/check-queries";
import { paceOf } from "@/lib/repricing/undo/undo-queries";
import { type Queued, queuedAmong } from "./queue-place-queries";
import { sendingTimes } from "./sending-pace-rules";

type Waiting = Pick<DecisionRow, "id" | "state" | "notBefore">;

/** About when each change that waits will leave, by its id. What leaves within a minute is not in it. */
export type SendTimes = ReadonlyMap<string, Date>;

/**
 * When those of these decisions that wait will leave: by their places among all that waits with the same
 * Kaspi login, whose stores share one budget. What comes in later and is worth more may go before them.
 */
export async function sendTimes(
  tx: Tx,
  decisions: readonly (Waiting | null)[],
  now: Date,
): Promise<SendTimes> {
  const waiting = decisions.flatMap((one) => (one?.state === "pending" ? [one.id] : []));
  const queued = waiting.length > 0 ? await queuedAmong(tx, waiting) : [];
  const times = new Map<string, Date>();
  for (const some of byLogin(queued)) {
    const pace = await paceOf(tx, some[0].storeId, now);
    if (!pace) continue;
    const last = Math.max(...some.map(({ nth }) => nth));
    const all = sendingTimes(last, pace);
    for (const { id, nth } of some) {
      const at = all[nth - 1];
      if (at && at > later(now, MINUTE)) times.set(id, at);
    }
  }
  return times;
}

function byLogin(queued: readonly Queued[]): [Queued, ...Queued[]][] {
  const logins = new Map<string, [Queued, ...Queued[]]>();
  for (const one of queued) {
    const others = logins.get(one.login);
    if (others) others.push(one);
    else logins.set(one.login, [one]);
  }
  return [...logins.values()];
}

/** The decision with the moment it will really leave at, which may be long after the next one may. */
export function atItsTime<Decision extends Waiting>(
  decision: Decision,
  times: SendTimes,
): Decision {
  const at = times.get(decision.id);
  if (!at) return decision;
  const { notBefore } = decision;
  return { ...decision, notBefore: notBefore && notBefore > at ? notBefore : at };
}
