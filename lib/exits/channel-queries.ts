import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { kaspiChannels } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import type { Channel, ChannelState } from "./channel-model";

export async function recordAnswer(tx: Tx, { name, of }: Channel, now: Date): Promise<void> {
  await tx
    .insert(kaspiChannels)
    .values({ subjectId: of, channel: name, lastOkAt: now })
    .onConflictDoUpdate({
      target: [kaspiChannels.subjectId, kaspiChannels.channel],
      set: { lastOkAt: now, failuresInRow: 0, failingSince: null },
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
    .values({
      ...{ subjectId: of, channel: name, ...last },
      ...{ failuresInRow: failure.times, failingSince: now },
    })
    .onConflictDoUpdate({
      target: [kaspiChannels.subjectId, kaspiChannels.channel],
      set: {
        ...last,
        failuresInRow: sql`${kaspiChannels.failuresInRow} + ${failure.times}`,
        failingSince: sql`coalesce(${kaspiChannels.failingSince}, ${now.toISOString()}::timestamptz)`,
      },
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

/** Whether nothing but the official interface may be asked for this store. */
export async function isStoreOfficialOnly(tx: Tx, storeId: string): Promise<boolean> {
  const [store] = await tx
    .select({ officialOnly: stores.officialOnly })
    .from(stores)
    .where(eq(stores.id, storeId));
  return store?.officialOnly ?? false;
}

/** Whether every store of this login is so: then nobody has a reason to enter its cabinet. */
export async function isAccountOfficialOnly(tx: Tx, accountId: string): Promise<boolean> {
  const [row] = await tx
    .select({ all: sql<boolean | null>`bool_and(${stores.officialOnly})` })
    .from(stores)
    .where(and(eq(stores.accountId, accountId), isNull(stores.archivedAt)));
  return row?.all ?? false;
}
