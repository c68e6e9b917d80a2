import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";
import { inTurn, isMeant, type Mailing, skipReason } from "./runs/run-queries";

/** How many are meant, and how many of those get nothing, or are addressed by no name. */
export async function countMeant(tx: Tx, mailing: Mailing) {
  const [counted] = await tx
    .select({
      count: sql<number>`count(*) filter (where ${skipReason} is null)::int`,
      unsubscribed: sql<number>`count(*) filter (where ${skipReason} = 'unsubscribed')::int`,
      bounced: sql<number>`count(*) filter (where ${skipReason} = 'bounced')::int`,
      nameless: sql<number>`count(*) filter (where ${skipReason} is null
        and trim(${recipients.fullName}) = '')::int`,
    })
    .from(recipients)
    .where(isMeant(mailing));
  return counted ?? { count: 0, unsubscribed: 0, bounced: 0, nameless: 0 };
}

/** Those whose letters leave first. */
export async function firstMeant(tx: Tx, mailing: Mailing, most: number) {
  return tx
    .select({ id: recipients.id, email: recipients.email, fullName: recipients.fullName })
    .from(recipients)
    .where(sql`${isMeant(mailing)} and ${skipReason} is null`)
    .orderBy(inTurn)
    .limit(most);
}

/** Some of those who are meant and get nothing, with why. */
export async function skippedOf(tx: Tx, mailing: Mailing, most: number) {
  const rows = await tx
    .select({ email: recipients.email, reason: skipReason })
    .from(recipients)
    .where(sql`${isMeant(mailing)} and ${skipReason} is not null`)
    .orderBy(inTurn)
    .limit(most);
  return rows.flatMap(({ email, reason }) => (reason ? [{ email, reason }] : []));
}
