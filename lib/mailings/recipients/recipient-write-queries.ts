import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";
import { MOST_TAGS } from "../model";
import { inSight } from "../rights";
import { isFound } from "./recipient-list-queries";
import type { Chosen, RecipientGiven } from "./recipient-model";

export type Recipient = typeof recipients.$inferSelect;

/** Until the transaction ends nobody else writes addresses of this owner's: two alike never come about. */
export async function lockAddresses(tx: Tx, ownerId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('recipients'), hashtext(${ownerId}))`);
}

/** The recipient, if the caller may see it, locked until the transaction ends. */
export async function lockSeen(tx: Tx, caller: Caller, id: string): Promise<Recipient | null> {
  const [row] = await tx
    .select()
    .from(recipients)
    .where(and(eq(recipients.id, id), inSight(caller, "recipient", recipients.ownerId)))
    .for("no key update");
  return row ?? null;
}

/** Whether another recipient of the owner's has the address, in whatever letters. */
export async function isAddressTaken(
  tx: Tx,
  ownerId: string,
  { email, besides }: { email: string; besides: string | null },
): Promise<boolean> {
  const [taken] = await tx
    .select({ id: recipients.id })
    .from(recipients)
    .where(
      and(
        eq(recipients.ownerId, ownerId),
        sql`lower(${recipients.email}) = lower(${email})`,
        besides ? ne(recipients.id, besides) : undefined,
      ),
    );
  return taken !== undefined;
}

export async function insertRecipient(
  tx: Tx,
  ownerId: string,
  given: RecipientGiven,
  now: Date,
): Promise<string> {
  const [made] = await tx
    .insert(recipients)
    .values({ ...given, ownerId, createdAt: now, updatedAt: now })
    .returning({ id: recipients.id });
  if (!made) throw new Error("insert into recipients returned nothing");
  return made.id;
}

export async function updateRecipient(
  tx: Tx,
  id: string,
  set: Partial<typeof recipients.$inferInsert>,
): Promise<void> {
  await tx.update(recipients).set(set).where(eq(recipients.id, id));
}

/** Of these those that the caller may see, with whose they are. */
export function ownersAmong(tx: Tx, caller: Caller, ids: readonly string[]) {
  return tx
    .select({ id: recipients.id, ownerId: recipients.ownerId })
    .from(recipients)
    .where(and(inArray(recipients.id, [...ids]), inSight(caller, "recipient", recipients.ownerId)));
}

/** The caller's own of those that are chosen. */
function isChosen(caller: Caller, { recipientIds, found }: Chosen): SQL | undefined {
  const which = found ? isFound(found) : inArray(recipients.id, recipientIds);
  return and(eq(recipients.ownerId, caller.id), which);
}

export async function deleteChosen(tx: Tx, caller: Caller, chosen: Chosen): Promise<number> {
  const { count } = await tx.delete(recipients).where(isChosen(caller, chosen));
  return count;
}

export async function countChosen(tx: Tx, caller: Caller, chosen: Chosen): Promise<number> {
  const [counted] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(recipients)
    .where(isChosen(caller, chosen));
  return counted?.count ?? 0;
}

/** The tags in the order in which they came, each once. */
const withTags = (add: readonly string[], remove: readonly string[]) => sql<string[]>`array(
  select tag from unnest(${recipients.tags} || ${sql.param([...add])}::text[]) with ordinality as held(tag, nth)
  where tag <> all(${sql.param([...remove])}::text[]) group by tag order by min(nth))`;

/** Returns how many have got and lost them: all that are chosen but those who would have too many. */
export async function tagChosen(
  tx: Tx,
  caller: Caller,
  { add, remove, now, ...chosen }: Chosen & { add: string[]; remove: string[]; now: Date },
): Promise<number> {
  const tags = withTags(add, remove);
  const { count } = await tx
    .update(recipients)
    .set({ tags, updatedAt: now })
    .where(and(isChosen(caller, chosen), sql`cardinality(${tags}) <= ${MOST_TAGS}`));
  return count;
}
