import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { exits, kaspiChannels } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { type ChannelState, officialChannels } from "@/lib/exits/channel-model";
import { ofStores } from "./goods-queries";
import type { ExitCounts } from "./works-model";

const inUse = and(eq(exits.isActive, true), isNull(exits.deadSince));

/**
 * What Kaspi last answered to the caller's stores at work, their logins, and the exits in use; to those
 * of the official interface only through that.
 */
export async function channelsInUse(tx: Tx, caller: Caller): Promise<ChannelState[]> {
  const mine = ofStores(caller, undefined);
  const atWork = and(mine, isAtWork);
  const active = tx
    .select({ id: stores.id })
    .from(stores)
    .where(and(mine, eq(stores.isActive, true)));
  const subjects = union(
    tx.select({ id: stores.id }).from(stores).where(atWork),
    tx
      .select({ id: sql<string>`${stores.accountId}` })
      .from(stores)
      .where(atWork),
    tx.select({ id: exits.id }).from(exits).where(inUse),
  );
  const isOfficial = inArray(kaspiChannels.channel, [...officialChannels]);
  return tx
    .select()
    .from(kaspiChannels)
    .where(
      or(
        sql`${kaspiChannels.subjectId} in ${subjects}`,
        and(isOfficial, sql`${kaspiChannels.subjectId} in ${active}`),
      ),
    );
}

export async function exitCounts(tx: Tx, now: Date): Promise<ExitCounts> {
  const all = await tx.select().from(exits).where(eq(exits.isActive, true));
  const dead = all.filter(({ deadSince }) => deadSince !== null).length;
  const resting = all.filter(
    ({ deadSince, restingUntil }) => deadSince === null && restingUntil && restingUntil > now,
  ).length;
  return { all: all.length, working: all.length - dead - resting, resting, dead };
}
