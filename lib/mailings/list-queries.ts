import { and, desc, eq, ilike, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { mailingRuns, mailings, messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { users } from "@/lib/db/schema/workspace";
import type { MailingListQuery } from "./list-model";
import { inSight } from "./rights";

export const MAILINGS_PER_PAGE = 50;

const like = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** Of each mailing its newest run. */
const newest = sql`(select max(number) from ${mailingRuns} others where others.mailing_id = ${mailings.id})`;

const columns = {
  id: mailings.id,
  ownerId: mailings.ownerId,
  ownerName: users.name,
  subject: messages.subject,
  status: mailings.status,
  isActive: mailings.isActive,
  nextRunAt: mailings.nextRunAt,
  lastAt: mailings.lastAt,
  repeats: mailings.repeats,
  approvedAt: mailings.approvedAt,
  createdAt: mailings.createdAt,
  run: {
    id: mailingRuns.id,
    number: mailingRuns.number,
    state: mailingRuns.state,
    pauseReason: mailingRuns.pauseReason,
    startedAt: mailingRuns.startedAt,
    total: mailingRuns.total,
    succeeded: mailingRuns.succeeded,
    failed: mailingRuns.failed,
    skipped: mailingRuns.skipped,
    unknown: mailingRuns.unknown,
  },
};

function isMeant(caller: Caller, { q, status, owner }: MailingListQuery): SQL | undefined {
  return and(
    inSight(caller, "mailing", mailings.ownerId),
    status ? eq(mailings.status, status) : undefined,
    owner ? eq(mailings.ownerId, owner) : undefined,
    q ? ilike(messages.subject, like(q)) : undefined,
  );
}

/** Mailings that the caller sees, the newest first, each with its newest run. */
export async function listMailings(tx: Tx, caller: Caller, query: MailingListQuery) {
  const where = isMeant(caller, query);
  const [counted] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(mailings)
    .innerJoin(messages, eq(messages.id, mailings.messageId))
    .where(where);
  const total = counted?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / MAILINGS_PER_PAGE));
  const page = Math.min(query.page, pages);
  const rows = await tx
    .select(columns)
    .from(mailings)
    .innerJoin(messages, eq(messages.id, mailings.messageId))
    .innerJoin(users, eq(users.id, mailings.ownerId))
    .leftJoin(
      mailingRuns,
      and(eq(mailingRuns.mailingId, mailings.id), eq(mailingRuns.number, newest)),
    )
    .where(where)
    .orderBy(desc(mailings.createdAt), desc(mailings.id))
    .limit(MAILINGS_PER_PAGE)
    .offset((page - 1) * MAILINGS_PER_PAGE);
  return { rows, total, page };
}

export type MailingRow = Awaited<ReturnType<typeof listMailings>>["rows"][number];

/** What the first page of mailings says in numbers, over what the caller sees. */
export async function mailingFigures(
  tx: Tx,
  caller: Caller,
  { days, now }: { days: number; now: Date },
) {
  const [counted] = await tx
    .select({
      total: sql<number>`count(*)::int`,
      active: sql<number>`count(*) filter (where ${mailings.status} in ('running', 'paused'))::int`,
    })
    .from(mailings)
    .where(inSight(caller, "mailing", mailings.ownerId));
  const [people] = await tx
    .select({ unique: sql<number>`count(distinct lower(${recipients.email}))::int` })
    .from(recipients)
    .where(inSight(caller, "recipient", recipients.ownerId));
  const byOwner = await tx
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
    .where(
      and(
        inSight(caller, "mailing", mailings.ownerId),
        sql`${mailingRuns.startedAt} >= ${later(now, -days * 86_400_000).toISOString()}::timestamptz`,
      ),
    )
    .groupBy(mailings.ownerId, users.name)
    .orderBy(users.name, mailings.ownerId);
  return {
    total: counted?.total ?? 0,
    active: counted?.active ?? 0,
    recipients: people?.unique ?? 0,
    byOwner,
  };
}
