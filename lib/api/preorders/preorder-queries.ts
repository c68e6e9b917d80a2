import { and, asc, count, desc, eq, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { type PreorderRow, preorderRows } from "@/lib/preorders/queries";
import type { ApiStatus } from "./preorder-answer";

const sorted = {
  created_at: preorders.createdAt,
  updated_at: preorders.updatedAt,
  name: preorders.name,
  delivery_days: preorders.leadDays,
} as const;
type Ordering = keyof typeof sorted;
export const orderings = Object.keys(sorted) as Ordering[];

export type PreorderChoice = {
  store_id?: string | undefined;
  product_id?: string | undefined;
  status?: ApiStatus | undefined;
  search?: string | undefined;
};

function chosen(caller: Caller, { store_id, product_id, status, search }: PreorderChoice) {
  const words = `%${search?.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    mayRead(caller, "view_product"),
    isNull(stores.archivedAt),
    store_id ? eq(preorders.storeId, store_id) : undefined,
    product_id ? eq(preorders.productId, product_id) : undefined,
    status ? ofStatus(status) : undefined,
    search ? or(ilike(preorders.name, words), ilike(preorders.article, words)) : undefined,
  );
}

const ofStatus = (status: ApiStatus): SQL =>
  status === "processing"
    ? inArray(preorders.status, ["draft", "sent", "active"])
    : eq(preorders.status, status);

type Page = { ordering: Ordering | `-${Ordering}`; page: number; page_size: number };

export function preorderPage(
  tx: Tx,
  caller: Caller,
  choice: PreorderChoice,
  { ordering, page, page_size }: Page,
): Promise<PreorderRow[]> {
  const column = sorted[ordering.replace("-", "") as Ordering];
  return preorderRows(tx, caller)
    .where(chosen(caller, choice))
    .orderBy(ordering.startsWith("-") ? desc(column) : asc(column), asc(preorders.id))
    .limit(page_size)
    .offset((page - 1) * page_size);
}

export async function countPreorders(
  tx: Tx,
  caller: Caller,
  choice: PreorderChoice,
): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(preorders)
    .innerJoin(stores, eq(stores.id, preorders.storeId))
    .where(chosen(caller, choice));
  return row?.count ?? 0;
}

/** All of a store, the newest first; who asks sees the store. */
export function preordersOfStore(tx: Tx, caller: Caller, storeId: string): Promise<PreorderRow[]> {
  return preorderRows(tx, caller)
    .where(chosen(caller, { store_id: storeId }))
    .orderBy(sql`${preorders.createdAt} desc`, asc(preorders.id));
}
