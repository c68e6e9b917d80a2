import { eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { kaspiChannels } from "@/lib/db/schema/exits";
import type { Channel, ChannelState } from "./channel-model";

export async function recordAnswer(tx: Tx, { name, of }: Channel, now: Date): Promise<void> {
  await tx
    .insert(kaspiChannels)
    .values({ subjectId: of, channel: name, lastOkAt: now })
    .onConflictDoUpdate({
      target: [kaspiChannels.subjectId, kaspiChannels.channel],
      set: { lastOkAt: now, failuresInRow: 0 },
    });
}

export async function recordFailure(
  tx: Tx,
  { name, of }: Channel,
  failure: { kind: string; times: number },
  now: Date,
): Promise<void> {
  const last = { lastFailureAt: now, failureKind: failure.kind };
  await tx
    .insert(kaspiChannels)
    .values({ subjectId: of, channel: name, ...last, failuresInRow: failure.times })
    .onConflictDoUpdate({
      target: [kaspiChannels.subjectId, kaspiChannels.channel],
      set: { ...last, failuresInRow: sql`${kaspiChannels.failuresInRow} + ${failure.times}` },
    });
}

/** What Kaspi last answered to these logins, stores and exits. */
export async function channelsOf(tx: Tx, subjectIds: string[]): Promise<ChannelState[]> {
  if (subjectIds.length === 0) return [];
  return tx.select().from(kaspiChannels).where(inArray(kaspiChannels.subjectId, subjectIds));
}

export async function forgetChannels(tx: Tx, subjectId: string): Promise<void> {
  await tx.delete(kaspiChannels).where(eq(kaspiChannels.subjectId, subjectId));
}
