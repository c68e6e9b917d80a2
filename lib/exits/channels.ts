import { AppError, isAppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "./access";
import { type Channel, officialChannels } from "./channel-model";
import { officialSubjects, recordAnswer, recordFailure } from "./channel-queries";
import { keepBooks } from "./keep-books";
import { kept, shortMemory } from "./kept";

/** The same answer again is written once in this time; another answer at once. */
const QUIET_MS = MINUTE;

type Heard = {
  /** Null: Kaspi answered. */
  failure: string | null;
  writtenAt: number;
  /** Failures since then that are not written yet. */
  unwritten: number;
};

const heardBy = kept("channels", () => new Map<string, Heard>());

/** Refusals of our own, made before Kaspi was asked: they say nothing about it. */
const ownRefusals = new Set([
  "circuit_open",
  "too_many_calls",
  "no_cabinet_exit",
  "no_exit",
  "reads_throttled",
  "official_only",
]);

/** Whether we ourselves refused the call: Kaspi has certainly not heard of it. */
export const wasNotAsked = (error: unknown): boolean =>
  isAppError(error) && ownRefusals.has(error.key);

/**
 * Asks Kaspi, and keeps what became of it for the store's page. Every call for a store or a login
 * passes here. Throws `official_only` without asking when its seller allows no such channel, else as
 * `ask` does. `failureOf` finds the failure in an answer that is a value.
 */
export async function throughChannel<T>(
  access: KaspiAccess,
  channel: Channel,
  ask: () => Promise<T>,
  failureOf: (answer: T) => string | null = () => null,
): Promise<T> {
  await assertAllowed(access, channel);
  try {
    const answer = await ask();
    await noteAnswer(access, channel, failureOf(answer));
    return answer;
  } catch (error) {
    // Surprises of our own say nothing about Kaspi.
    if (isAppError(error) && error.kind.startsWith("kaspi_") && !wasNotAsked(error))
      await noteAnswer(access, channel, error.kind === "kaspi_not_found" ? null : error.kind);
    throw error;
  }
}

/** Throws `official_only` when this channel may not be used for its store or login. */
export async function assertAllowed(access: KaspiAccess, channel: Channel): Promise<void> {
  if (officialChannels.includes(channel.name)) return;
  const subject = channel.name === "market" ? channel.forStore : channel.of;
  if (subject !== null && (await official.get(access)).has(subject))
    throw new AppError("official_only");
}

/** Stores for which nothing but the official interface may be asked, and logins all of whose stores are so. */
const official = shortMemory("official", officialSubjects);

/** A switch is heeded by this process at once, by others in a moment. */
export const forgetOfficial = official.forget;

/** Keeps that Kaspi answered (`null`) or how it failed. Never fails itself. */
export function noteAnswer(
  access: KaspiAccess,
  channel: Channel,
  failure: string | null,
): Promise<void> {
  return keepBooks(() => note(access, channel, failure));
}

/** Thousands of equal answers cost one write a minute. */
async function note(access: KaspiAccess, channel: Channel, failure: string | null): Promise<void> {
  const memory = heardBy(access);
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
