import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";
import { inTheirOrder } from "./order-queries";

/** An exit as calls need it. Its proxy is encrypted. */
export type WayExit = {
  exitId: string;
  proxyUrl: string | null;
  identity: string | null;
  failuresInRow: number;
};

const columns = {
  exitId: exits.id,
  proxyUrl: exits.proxyUrl,
  identity: exits.identity,
  failuresInRow: exits.failuresInRow,
};

/** The machine's own address may serve cabinets while it reads no market. */
const mayServe = and(
  eq(exits.forCabinet, true),
  or(eq(exits.isActive, true), isNull(exits.proxyUrl)),
);

export async function exitById(
  tx: Tx,
  exitId: string,
): Promise<(WayExit & { deadSince: Date | null }) | null> {
  const [exit] = await tx
    .select({ ...columns, deadSince: exits.deadSince })
    .from(exits)
    .where(eq(exits.id, exitId));
  return exit ?? null;
}

/** Whether this exit is there, and is no proxy that has died. */
export async function isAlive(tx: Tx, exitId: string): Promise<boolean> {
  return (await tx.$count(exits, and(eq(exits.id, exitId), isNull(exits.deadSince)))) > 0;
}

/** The exit this login keeps to while cabinets may be entered through it; it may be dead just now. */
export async function exitOfAccount(
  tx: Tx,
  accountId: string,
): Promise<(WayExit & { deadSince: Date | null }) | null> {
  const [exit] = await tx
    .select({ ...columns, deadSince: exits.deadSince })
    .from(kaspiAccounts)
    .innerJoin(exits, eq(exits.id, kaspiAccounts.exitId))
    .where(and(eq(kaspiAccounts.id, accountId), mayServe));
  return exit ?? null;
}

/** For a login that keeps to none: the exit with the fewest logins, of equals the oldest. */
export async function leastEntered(tx: Tx): Promise<WayExit | null> {
  const logins = sql`(select count(*) from ${kaspiAccounts} where ${kaspiAccounts.exitId} = ${exits.id})`;
  const [exit] = await tx
    .select(columns)
    .from(exits)
    .where(and(mayServe, isNull(exits.deadSince)))
    .orderBy(asc(logins), ...inTheirOrder)
    .limit(1);
  return exit ?? null;
}

/** For the official interface, which needs no cabinet: one that is read through, and is not refused just now. */
export async function exitForOfficial(tx: Tx, now: Date): Promise<WayExit | null> {
  const isResting = sql`coalesce(${exits.restingUntil} > ${now.toISOString()}::timestamptz, false)`;
  const [exit] = await tx
    .select(columns)
    .from(exits)
    .where(and(eq(exits.isActive, true), isNull(exits.deadSince)))
    .orderBy(asc(isResting), ...inTheirOrder)
    .limit(1);
  return exit ?? null;
}

export async function keepToExit(tx: Tx, accountId: string, exitId: string): Promise<void> {
  await tx.update(kaspiAccounts).set({ exitId }).where(eq(kaspiAccounts.id, accountId));
}
