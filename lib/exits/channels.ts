import { isAppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "./access";
import type { Channel } from "./channel-model";
import { recordAnswer, recordFailure } from "./channel-queries";

/** The same answer again is written once in this time; another answer at once. */
const QUIET_MS = MINUTE;

type Heard = {
  /** Null: Kaspi answered. */
  failure: string | null;
  writtenAt: number;
  /** Failures since then that are not written yet. */
  unwritten: number;
};

const memories = new WeakMap<KaspiAccess, Map<string, Heard>>();

/**
 * Asks Kaspi, and keeps what became of it for the store's page. Throws as `ask` does. `failureOf`
 * finds the failure in an answer that is a value.
 */
export async function throughChannel<T>(
  access: KaspiAccess,
  channel: Channel,
  ask: () => Promise<T>,
  failureOf: (answer: T) => string | null = () => null,
): Promise<T> {
  try {
    const answer = await ask();
    await noteAnswer(access, channel, failureOf(answer));
    return answer;
  } catch (error) {
    // Surprises of our own say nothing about Kaspi.
    if (isAppError(error) && error.kind.startsWith("kaspi_"))
      await noteAnswer(access, channel, error.kind === "kaspi_not_found" ? null : error.kind);
    throw error;
  }
}

/** Keeps that Kaspi answered (`null`) or how it failed. Thousands of equal answers cost one write a minute. */
export async function noteAnswer(
  access: KaspiAccess,
  channel: Channel,
  failure: string | null,
): Promise<void> {
  const memory = memories.get(access) ?? new Map<string, Heard>();
  memories.set(access, memory);
  const key = `${channel.name}:${channel.of}`;
  const now = access.clock();
  const before = memory.get(key);
  if (before?.failure === failure && now.getTime() - before.writtenAt < QUIET_MS) {
    before.unwritten += 1;
    return;
  }
  memory.set(key, { failure, writtenAt: now.getTime(), unwritten: 0 });
  if (failure === null) return recordAnswer(access.db, channel, now);
  const missed = before?.failure ? before.unwritten : 0;
  await recordFailure(access.db, channel, { kind: failure, times: missed + 1 }, now);
}
