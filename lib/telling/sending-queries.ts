import { and, asc, eq, inArray, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { telegramLinks as links, tellings } from "@/lib/db/schema/telegram";
import { type Chat, isDue } from "./chat-queries";

export type Telling = typeof tellings.$inferSelect;
/** Why something waits: nobody knows whether it arrived. */
export const SILENT = "telegram_silent";

/** What is due in the chat, the oldest first. */
export function dueIn(tx: Tx, userId: string, most: number, now: Date): Promise<Telling[]> {
  return tx
    .select()
    .from(tellings)
    .where(and(eq(tellings.userId, userId), isDue(now)))
    .orderBy(asc(tellings.createdAt), asc(tellings.id))
    .limit(most)
    .for("update");
}

/** Nothing that waits in the chat is told before then. */
export async function delay(tx: Tx, userId: string, notBefore: Date): Promise<void> {
  await tx
    .update(tellings)
    .set({
      state: "waiting",
      notBefore,
      leaseUntil: null,
      maybeSent: sql`${tellings.maybeSent} or ${tellings.state} = 'sending'`,
    })
    .where(
      and(
        eq(tellings.userId, userId),
        inArray(tellings.state, ["waiting", "sending"]),
        or(eq(tellings.state, "sending"), lte(tellings.notBefore, notBefore)),
      ),
    );
}

type Change = Partial<
  Pick<
    Telling,
    "state" | "leaseUntil" | "maybeSent" | "messageId" | "sentAt" | "trouble" | "notBefore"
  >
>;

/** Telegram took nothing: it was no try. For the place of what is settled. */
export const triedInVain = { attempts: sql`greatest(${tellings.attempts} - 1, 0)` };

export async function change(tx: Tx, ids: readonly string[], set: Change): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(tellings)
      .set(set)
      .where(inArray(tellings.id, [...ids]));
}

/** They are on their way from now on, and nothing else goes to the chat until the lease is over. */
export async function sendOff(
  tx: Tx,
  { userId }: Chat,
  given: readonly Telling[],
  leaseUntil: Date,
): Promise<void> {
  const ids = given.map(({ id }) => id);
  await tx
    .update(tellings)
    .set({
      state: "sending",
      leaseUntil,
      attempts: sql`${tellings.attempts} + 1`,
      // On its way once before, and nobody has said what became of it.
      maybeSent: sql`${tellings.maybeSent} or ${tellings.state} = 'sending'`,
    })
    .where(inArray(tellings.id, ids));
  await restChat(tx, userId, leaseUntil);
}

/** Keeps what became of what was sent off, unless the lease was over and another has taken it. */
export async function settle(
  tx: Tx,
  given: readonly Telling[],
  leaseUntil: Date,
  set: Change & Partial<typeof triedInVain>,
): Promise<boolean> {
  const ids = given.map(({ id }) => id);
  const settled = await tx
    .update(tellings)
    .set({ leaseUntil: null, ...set })
    .where(
      and(
        inArray(tellings.id, ids),
        eq(tellings.state, "sending"),
        eq(tellings.leaseUntil, leaseUntil),
      ),
    )
    .returning({ id: tellings.id });
  return settled.length > 0;
}

export async function restChat(tx: Tx, userId: string, nextAt: Date): Promise<void> {
  await tx.update(links).set({ nextAt }).where(eq(links.userId, userId));
}

/** What nobody could be told for so long is no news any more. */
export async function dropStale(tx: Tx, before: Date): Promise<void> {
  await tx
    .update(tellings)
    .set({ state: "dropped", trouble: "stale" })
    .where(
      and(
        sql`(${tellings.state} = 'waiting'
          or ${tellings.state} = 'sending' and ${tellings.leaseUntil} <= ${before.toISOString()}::timestamptz)`,
        lte(tellings.notBefore, before),
      ),
    );
}
