import { and, desc, eq, gte, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { can, mayRead } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema/api-keys";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { auditLog, users } from "@/lib/db/schema/workspace";
import type { AuditCursor, AuditQuery } from "./address";
import { actionsOf, auditPeriods, NOBODY } from "./filter-model";

type Page = { query: AuditQuery; now: Date; before?: AuditCursor | undefined; limit: number };

const newestFirst = [desc(auditLog.at), desc(auditLog.id)];

/** Whoever may see all stores, and what is in them, sees what belongs to none of them, too. */
export const seesWholeAudit = (caller: Caller) =>
  caller.role === "owner" ||
  (can(caller, "can_view_all_stores") && can(caller, "view_product") && can(caller, "view_store"));

function fits({ query, now, before }: Page): SQL | undefined {
  const { person, store, subject, period, address, request } = query;
  return and(
    person === NOBODY ? isNull(auditLog.userId) : person ? eq(auditLog.userId, person) : undefined,
    store ? eq(auditLog.storeId, store) : undefined,
    subject ? eq(auditLog.subjectId, subject) : undefined,
    period ? gte(auditLog.at, later(now, -auditPeriods[period] * DAY)) : undefined,
    address ? eq(auditLog.address, address) : undefined,
    request ? eq(auditLog.requestId, request) : undefined,
    before
      ? sql`(${auditLog.at}, ${auditLog.id}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`
      : undefined,
  );
}

/**
 * Where a page can be read from an index, newest first: a lane for each action that is meant and, for
 * those who may not see everything, for each of their stores and themselves.
 */
async function lanesOf(tx: Tx, caller: Caller, { action }: AuditQuery): Promise<SQL[]> {
  const meant = action ? actionsOf(action).map((one) => eq(auditLog.action, one)) : [sql`true`];
  if (seesWholeAudit(caller)) return meant;
  // Entries tell prices and costs: a store whose goods one may not see tells nothing here.
  const readable = await tx
    .select({ id: stores.id })
    .from(stores)
    .where(mayRead(caller, "view_product"));
  const own = [
    eq(auditLog.userId, caller.id),
    ...readable.map(({ id }) => eq(auditLog.storeId, id)),
  ];
  return own.flatMap((mine) => meant.map((one) => sql`${mine} and ${one}`));
}

/** The ids of one page. What stands in two lanes is one entry. */
async function pageIds(tx: Tx, caller: Caller, page: Page): Promise<string[]> {
  const where = fits(page);
  const lanes = (await lanesOf(tx, caller, page.query)).map(
    (lane) => sql`(select ${auditLog.id}, ${auditLog.at} from ${auditLog}
      where ${and(lane, where)} order by ${sql.join(newestFirst, sql`, `)} limit ${page.limit})`,
  );
  const rows = await tx.execute<{ id: string }>(sql`
    select id from (${sql.join(lanes, sql` union `)}) lanes
    order by at desc, id desc limit ${page.limit}`);
  return [...rows].map(({ id }) => id);
}

const subjectUuid = sql`case when ${auditLog.subjectId} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  then ${auditLog.subjectId}::uuid end`;

function selectEntries(tx: Tx, ids: readonly string[]) {
  return tx
    .select({
      id: auditLog.id,
      at: auditLog.at,
      action: auditLog.action,
      userId: auditLog.userId,
      userName: users.name,
      storeId: auditLog.storeId,
      storeName: stores.name,
      subjectId: auditLog.subjectId,
      subjectName: sql<string | null>`coalesce(
        (select ${products.name} from ${products} where ${products.id} = ${subjectUuid}),
        (select person.name from ${users} person where person.id = ${subjectUuid}))`,
      details: auditLog.details,
      address: auditLog.address,
      requestId: auditLog.requestId,
      keyName: sql<string | null>`${apiKeys.name} || ' ' || ${apiKeys.hint}`,
      runId: auditLog.runId,
    })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.userId))
    .leftJoin(stores, eq(stores.id, auditLog.storeId))
    .leftJoin(apiKeys, eq(apiKeys.id, auditLog.keyId))
    .where(inArray(auditLog.id, [...ids]))
    .orderBy(...newestFirst);
}

export type AuditRow = Awaited<ReturnType<typeof selectEntries>>[number];

/** A part of what the caller may see of the audit, the newest first; `before` goes on from the last one. */
export async function auditPage(
  tx: Tx,
  caller: Caller,
  page: Page,
): Promise<{ entries: AuditRow[]; hasMore: boolean }> {
  const { limit } = page;
  const ids = await pageIds(tx, caller, { ...page, limit: limit + 1 });
  if (ids.length === 0) return { entries: [], hasMore: false };
  return { entries: await selectEntries(tx, ids.slice(0, limit)), hasMore: ids.length > limit };
}

const MOST_PEOPLE = 500;

/** Whom the audit can be narrowed to: everybody, or nobody but the caller where they see their own. */
export function auditPeople(tx: Tx, caller: Caller): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(seesWholeAudit(caller) ? undefined : eq(users.id, caller.id))
    .orderBy(users.name)
    .limit(MOST_PEOPLE);
}

/** What cities and people are called of which only ids stand in details. */
export async function namesOf(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const cities = await tx
    .selectDistinctOn([pickupPoints.cityId], {
      id: pickupPoints.cityId,
      name: pickupPoints.cityName,
    })
    .from(pickupPoints)
    .where(inArray(pickupPoints.cityId, [...ids]));
  const people = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(or(inArray(sql`${users.id}::text`, [...ids])));
  return new Map([...cities, ...people].map(({ id, name }) => [id, name]));
}
