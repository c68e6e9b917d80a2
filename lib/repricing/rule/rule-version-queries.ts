import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { pickupPoints, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { auditLog, users } from "@/lib/db/schema/workspace";
import { isWatched } from "@/lib/products/watch-queries";

/** Whose rule: a product's (with its cities'), or a store's. */
export type RuleOwner = { productId: string } | { storeId: string };

const MOST_VERSIONS = 50;

const actions = { product: "product.rule_changed", store: "store.rule_changed" } as const;

const detail = (name: string) => sql<string | null>`${auditLog.details} ->> ${name}`;

const versionColumns = {
  id: auditLog.id,
  at: auditLog.at,
  by: users.name,
  before: sql<unknown>`${auditLog.details} -> 'before'`,
  after: sql<unknown>`${auditLog.details} -> 'after'`,
  /** Of this city alone. */
  cityId: detail("cityId"),
  cityName: sql<string | null>`(select ${pickupPoints.cityName} from ${pickupPoints}
    where ${pickupPoints.storeId} = ${auditLog.storeId}
      and ${pickupPoints.cityId} = ${detail("cityId")} limit 1)`,
  isOfMany: sql<boolean>`${auditLog.details} ? 'bulk'`,
  isPutBack: sql<boolean>`${auditLog.details} ? 'putBack'`,
};

const isOf = (owner: RuleOwner) =>
  "productId" in owner
    ? and(eq(auditLog.subjectId, owner.productId), eq(auditLog.action, actions.product))
    : and(eq(auditLog.storeId, owner.storeId), eq(auditLog.action, actions.store));

/**
 * Every rule a product or a store has had, the newest first. The audit is where they are kept: it is
 * written with each change, whoever makes it, and never pruned.
 */
export async function ruleVersions(tx: Tx, caller: Caller, owner: RuleOwner) {
  return tx
    .select(versionColumns)
    .from(auditLog)
    .innerJoin(stores, eq(stores.id, auditLog.storeId))
    .leftJoin(users, eq(users.id, auditLog.userId))
    .where(and(isOf(owner), mayRead(caller, "view_product"), isNull(stores.archivedAt)))
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(MOST_VERSIONS);
}
export type RuleVersion = Awaited<ReturnType<typeof ruleVersions>>[number];

/** One version, if it is of that owner. */
export async function findVersion(tx: Tx, owner: RuleOwner, versionId: string) {
  const [row] = await tx
    .select({ after: versionColumns.after, cityId: versionColumns.cityId })
    .from(auditLog)
    .where(and(eq(auditLog.id, versionId), isOf(owner)));
  return row ?? null;
}

/** The rule a product has of its own. Call it with a product the caller may see. */
export async function ownRuleOf(tx: Tx, productId: string): Promise<unknown> {
  const [row] = await tx
    .select({ rule: products.rule })
    .from(products)
    .where(eq(products.id, productId));
  return row?.rule ?? {};
}

/** How many products with a bot take every word of their store's rule, and how many have some of their own. */
export async function ruleReach(
  tx: Tx,
  storeIds: string[],
): Promise<Map<string, { inherit: number; deviate: number }>> {
  const rows = await tx
    .select({
      storeId: products.storeId,
      inherit: sql<number>`(count(*) filter (where ${products.rule} = '{}'))::int`,
      deviate: sql<number>`(count(*) filter (where ${products.rule} <> '{}'))::int`,
    })
    .from(products)
    .where(and(inArray(products.storeId, storeIds), isWatched))
    .groupBy(products.storeId);
  return new Map(rows.map(({ storeId, ...reach }) => [storeId, reach]));
}
