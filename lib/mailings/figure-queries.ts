import { and, eq, gte, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { can } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { mailingRuns, mailings } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { users } from "@/lib/db/schema/workspace";
import { inSight } from "./rights";

/** What the first page of mailings says in numbers, over what the caller sees; recipients are null for whoever sees none. */
export async function mailingFigures(
  tx: Tx,
  caller: Caller,
  { days, now }: { days: number; now: Date },
) {
  const [[counted], unique, byOwner] = await Promise.all([
    tx
      .select({
        total: sql<number>`count(*)::int`,
        active: sql<number>`count(*) filter (where ${mailings.status} in ('running', 'paused'))::int`,
      })
      .from(mailings)
      .where(inSight(caller, "mailing", mailings.ownerId)),
    can(caller, "view_recipient") ? uniqueRecipients(tx, caller) : null,
    endsByOwner(tx, caller, later(now, -days * DAY)),
  ]);
  return { total: counted?.total ?? 0, active: counted?.active ?? 0, recipients: unique, byOwner };
}
export type MailingFigures = Awaited<ReturnType<typeof mailingFigures>>;

/** One address is one recipient, however many have it. Grouped, which needs no order: `distinct` sorts them all. */
async function uniqueRecipients(tx: Tx, caller: Caller): Promise<number> {
  const unique = tx
    .select({ email: sql`lower(${recipients.email})`.as("unique_email") })
    .from(recipients)
    .where(inSight(caller, "recipient", recipients.ownerId))
    .groupBy(sql`lower(${recipients.email})`)
    .as("unique_recipients");
  return tx.$count(unique);
}

/** What came of the letters of runs that began since then, by whose they are. */
async function endsByOwner(tx: Tx, caller: Caller, since: Date) {
  return tx
    .select({
      ownerId: mailings.ownerId,
      ownerName: users.name,
      runs: sql<number>`count(*)::int`,
      succeeded: sql<number>`sum(${mailingRuns.succeeded})::int`,
      failed: sql<number>`sum(${mailingRuns.failed})::int`,
      unknown: sql<number>`sum(${mailingRuns.unknown})::int`,
    })
    .from(mailingRuns)
    .innerJoin(mailings, eq(mailings.id, mailingRuns.mailingId))
    .innerJoin(users, eq(users.id, mailings.ownerId))
    .where(and(inSight(caller, "mailing", mailings.ownerId), gte(mailingRuns.startedAt, since)))
    .groupBy(mailings.ownerId, users.name)
    .orderBy(users.name, mailings.ownerId);
}
