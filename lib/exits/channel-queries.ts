import { and, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
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

/** The stores whose sellers allow the official interface only, and the logins that have no others. */
export async function officialSubjects(tx: Tx): Promise<Set<string>> {
  const ofStores = tx.select({ id: stores.id }).from(stores).where(eq(stores.officialOnly, true));
  const ofLogins = tx
    .select({ id: sql<string>`${stores.accountId}` })
    .from(stores)
    .where(and(isNotNull(stores.accountId), isNull(stores.archivedAt)))
    .groupBy(stores.accountId)
    .having(sql`bool_and(${stores.officialOnly})`);
  const rows = await unionAll(ofStores, ofLogins);
  return new Set(rows.map(({ id }) => id));
}
