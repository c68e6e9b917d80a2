import { and, eq, isNull, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { exits, kaspiChannels } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import type { ChannelState } from "@/lib/exits/channel-model";
import { ofStores } from "./goods-queries";
import type { ExitCounts } from "./works-model";

const inUse = and(eq(exits.isActive, true), isNull(exits.deadSince));

/** What Kaspi last answered to the caller's stores at work, their logins, and the exits in use. */
export async function channelsInUse(tx: Tx, caller: Caller): Promise<ChannelState[]> {
  const mine = and(ofStores(caller, undefined), eq(stores.isActive, true));
  const subjects = union(
    tx.select({ id: stores.id }).from(stores).where(mine),
    tx
      .select({ id: sql<string>`${stores.accountId}` })
      .from(stores)
      .where(mine),
    tx.select({ id: exits.id }).from(exits).where(inUse),
  );
  return tx.select().from(kaspiChannels).where(sql`${kaspiChannels.subjectId} in ${subjects}`);
}

export async function exitCounts(tx: Tx, now: Date): Promise<ExitCounts> {
  const all = await tx.select().from(exits).where(eq(exits.isActive, true));
  const dead = all.filter(({ deadSince }) => deadSince !== null).length;
  const resting = all.filter(
    ({ deadSince, restingUntil }) => deadSince === null && restingUntil && restingUntil > now,
  ).length;
  return { all: all.length, working: all.length - dead - resting, resting, dead };
}
