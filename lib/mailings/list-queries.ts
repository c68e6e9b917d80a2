import { and, desc, eq, ilike, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { mailingRuns, mailings, messages } from "@/lib/db/schema/mailings";
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

/** Whose mailings the caller sees. */
export async function mailingOwners(tx: Tx, caller: Caller) {
  return tx
    .selectDistinct({ id: users.id, name: users.name })
    .from(mailings)
    .innerJoin(users, eq(users.id, mailings.ownerId))
    .where(inSight(caller, "mailing", mailings.ownerId))
    .orderBy(users.name, users.id);
}
