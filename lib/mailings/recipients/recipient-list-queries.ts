import { and, asc, desc, eq, ilike, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { recipients } from "@/lib/db/schema/recipients";
import { users } from "@/lib/db/schema/workspace";
import { inSight } from "../rights";
import { RECIPIENTS_PAGE, type RecipientOrder, type RecipientState } from "./recipient-list-model";
import type { RecipientsFilter, RecipientsQuery } from "./recipient-model";

const MOST_TAGS_OFFERED = 500;

const like = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

const columns = {
  id: recipients.id,
  ownerId: recipients.ownerId,
  ownerName: users.name,
  email: recipients.email,
  fullName: recipients.fullName,
  comment: recipients.comment,
  tags: recipients.tags,
  createdAt: recipients.createdAt,
  unsubscribedAt: recipients.unsubscribedAt,
  bouncedAt: recipients.bouncedAt,
  bounceReason: recipients.bounceReason,
};

const inState: Record<RecipientState, SQL | undefined> = {
  active: and(isNull(recipients.unsubscribedAt), isNull(recipients.bouncedAt)),
  unsubscribed: isNotNull(recipients.unsubscribedAt),
  bounced: and(isNull(recipients.unsubscribedAt), isNotNull(recipients.bouncedAt)),
};

type Narrowed = {
  q?: string | null | undefined;
  tag?: string | null | undefined;
  state?: RecipientState | null | undefined;
};

/** Whom a search finds, among whomever it looks. */
export function isFound({ q, tag, state }: Narrowed): SQL | undefined {
  const words = q ? like(q) : null;
  return and(
    tag ? sql`${recipients.tags} @> ${sql.param([tag])}::text[]` : undefined,
    state ? inState[state] : undefined,
    words
      ? or(
          ilike(recipients.email, words),
          ilike(recipients.fullName, words),
          ilike(recipients.comment, words),
        )
      : undefined,
  );
}

const isMeant = (caller: Caller, filter: RecipientsFilter) =>
  and(
    inSight(caller, "recipient", recipients.ownerId),
    filter.owner ? eq(recipients.ownerId, filter.owner) : undefined,
    isFound(filter),
  );

const sorts: Record<string, SQL> = {
  email: sql`lower(${recipients.email})`,
  name: sql`lower(${recipients.fullName})`,
  added: sql`${recipients.createdAt}`,
};

function orderOf(sort: RecipientOrder): SQL[] {
  const turn = sort.startsWith("-") ? desc : asc;
  return [turn(sorts[sort.replace("-", "")] ?? sql`${recipients.createdAt}`), turn(recipients.id)];
}

/** A page of the recipients that the caller sees, and how many there are. Throws `forbidden`. */
export async function listRecipients(tx: Tx, caller: Caller, query: RecipientsQuery) {
  const where = isMeant(caller, query);
  const [counted] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(recipients)
    .where(where);
  const total = counted?.total ?? 0;
  const page = Math.min(query.page, Math.max(1, Math.ceil(total / RECIPIENTS_PAGE)));
  const rows = await tx
    .select(columns)
    .from(recipients)
    .innerJoin(users, eq(users.id, recipients.ownerId))
    .where(where)
    .orderBy(...orderOf(query.sort))
    .limit(RECIPIENTS_PAGE)
    .offset((page - 1) * RECIPIENTS_PAGE);
  return { rows, total, page };
}

export type RecipientRow = Awaited<ReturnType<typeof listRecipients>>["rows"][number];

/** Where a reading goes on. */
export type RecipientPlace = Pick<RecipientRow, "ownerId" | "createdAt" | "id">;

/** A stretch of them after the one that was read last: owner by owner as their index has them, the newest first. */
export function recipientsAfter(
  tx: Tx,
  caller: Caller,
  {
    filter,
    after,
    limit,
  }: { filter: RecipientsFilter; after: RecipientPlace | null; limit: number },
) {
  const rest = after
    ? sql`(${recipients.ownerId}, ${recipients.createdAt}, ${recipients.id}) <
        (${after.ownerId}::uuid, ${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`
    : undefined;
  return tx
    .select(columns)
    .from(recipients)
    .innerJoin(users, eq(users.id, recipients.ownerId))
    .where(and(isMeant(caller, filter), rest))
    .orderBy(desc(recipients.ownerId), desc(recipients.createdAt), desc(recipients.id))
    .limit(limit);
}

/** Tags of the recipients that the caller sees, by their names. */
export async function tagsInSight(tx: Tx, caller: Caller): Promise<string[]> {
  const rows = await tx.execute<{ tag: string }>(sql`
    select distinct tag from ${recipients}, unnest(${recipients.tags}) as tag
    where ${inSight(caller, "recipient", recipients.ownerId)} order by tag limit ${MOST_TAGS_OFFERED}`);
  return rows.map(({ tag }) => tag);
}

/** Whose recipients the caller sees, by their names. */
export function recipientOwners(tx: Tx, caller: Caller): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(
      and(
        inSight(caller, "recipient", users.id),
        sql`exists (select 1 from ${recipients} held where held.owner_id = ${users.id})`,
      ),
    )
    .orderBy(asc(users.name), asc(users.id));
}
