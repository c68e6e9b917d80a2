import { and, asc, eq, gte, isNull, notExists, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import {
  taskCategories as categories,
  taskRuleMakings as makings,
  taskRules as rules,
} from "@/lib/db/schema/tasks";
import { notices, users } from "@/lib/db/schema/workspace";
import { isFor } from "@/lib/notices/queries";
import { mayFill } from "./rule-queries";

export type Cause = {
  rule: typeof rules.$inferSelect;
  notice: {
    id: string;
    key: string;
    storeId: string | null;
    createdAt: Date;
    params: Record<string, unknown>;
  };
  storeName: string | null;
  assignee: { name: string; isActive: boolean };
};

/** A login is of no store: it is of those that it opens. */
const ofLogin = sql`select opened.id from ${stores} opened
  where opened.account_id::text = ${notices.params} ->> 'account' and opened.archived_at is null`;

/** The store that the notice is about; of a login the rule's own, or the only one it opens. */
const storeOf: SQL<string | null> = sql`coalesce(${notices.storeId},
  case when ${notices.params} ? 'account' then coalesce(${rules.storeId},
    case when (select count(*) from (${ofLogin}) many) = 1 then (${ofLogin}) end) end)`;

const isOfStore = or(
  isNull(rules.storeId),
  eq(rules.storeId, notices.storeId),
  sql`${rules.storeId} in (${ofLogin})`,
);

/** Open notices that the rules' owner may see, younger than the rule, which it has not answered yet. */
export function unanswered(tx: Tx, owner: Caller, most: number): Promise<Cause[]> {
  const answered = tx
    .select({ one: sql`1` })
    .from(makings)
    .where(
      and(
        eq(makings.ruleId, rules.id),
        eq(makings.noticeId, notices.id),
        gte(makings.at, notices.createdAt),
      ),
    );
  return tx
    .select({
      rule: rules,
      notice: {
        id: notices.id,
        key: notices.key,
        storeId: storeOf,
        createdAt: notices.createdAt,
        params: notices.params,
      },
      storeName: stores.name,
      assignee: { name: users.name, isActive: users.isActive },
    })
    .from(rules)
    .innerJoin(categories, eq(categories.id, rules.categoryId))
    .innerJoin(users, eq(users.id, rules.assigneeId))
    .innerJoin(notices, eq(notices.kind, rules.noticeKind))
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(
      and(
        eq(rules.ownerId, owner.id),
        eq(rules.isActive, true),
        mayFill,
        isNull(notices.resolvedAt),
        gte(notices.createdAt, rules.since),
        isOfStore,
        isFor(owner),
        notExists(answered),
      ),
    )
    .orderBy(asc(notices.createdAt), asc(notices.id), asc(rules.id))
    .limit(most);
}

/** The rule, held until the transaction ends: two workers answer for it one after the other. False when it is off or gone. */
export async function lockRule(tx: Tx, id: string): Promise<boolean> {
  const [rule] = await tx
    .select({ isActive: rules.isActive })
    .from(rules)
    .where(eq(rules.id, id))
    .for("no key update");
  return rule?.isActive ?? false;
}
