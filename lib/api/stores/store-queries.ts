import { and, asc, count, eq, ilike, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { loginBreaks } from "@/lib/db/schema/logins";

const columns = {
  id: stores.id,
  userId: stores.userId,
  merchantId: stores.merchantId,
  name: stores.name,
  productsCount: stores.productsCount,
  lastSyncAt: stores.lastSyncAt,
  isActive: stores.isActive,
  createdAt: stores.createdAt,
  updatedAt: stores.updatedAt,
  lastLoginAt: kaspiAccounts.lastLoginAt,
  /** Null: nobody has logged in to it. */
  session: kaspiAccounts.session,
  reauthReason: kaspiAccounts.reauthReason,
  /** Why and until when the login of a dead session is left alone; nothing while it lives. */
  pause: loginBreaks,
};

const rows = (tx: Tx) =>
  tx
    .select(columns)
    .from(stores)
    .leftJoin(kaspiAccounts, eq(kaspiAccounts.id, stores.accountId))
    .leftJoin(
      loginBreaks,
      and(eq(loginBreaks.login, kaspiAccounts.login), eq(kaspiAccounts.session, "waiting")),
    );

export type StoreRecord = Awaited<ReturnType<typeof rows>>[number];

const sorted = {
  name: stores.name,
  created_at: stores.createdAt,
  updated_at: stores.updatedAt,
  last_sync: stores.lastSyncAt,
  products_count: stores.productsCount,
} as const;
type Ordering = keyof typeof sorted;
export const orderings = Object.keys(sorted) as Ordering[];

export type StoreChoice = {
  user_id?: string | undefined;
  is_active?: boolean | undefined;
  search?: string | undefined;
};

function chosen(caller: Caller, { user_id, is_active, search }: StoreChoice): SQL | undefined {
  const words = `%${search?.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    mayRead(caller),
    isNull(stores.archivedAt),
    user_id ? eq(stores.userId, user_id) : undefined,
    is_active === undefined ? undefined : eq(stores.isActive, is_active),
    search ? or(ilike(stores.name, words), eq(stores.merchantId, search)) : undefined,
  );
}

type Page = { ordering: Ordering | `-${Ordering}`; page: number; page_size: number };

export function storesPage(
  tx: Tx,
  caller: Caller,
  choice: StoreChoice,
  { ordering, page, page_size }: Page,
): Promise<StoreRecord[]> {
  const column = sorted[ordering.replace("-", "") as Ordering];
  const way = ordering.startsWith("-") ? sql`desc nulls last` : sql`asc nulls first`;
  return rows(tx)
    .where(chosen(caller, choice))
    .orderBy(sql`${column} ${way}`, asc(stores.id))
    .limit(page_size)
    .offset((page - 1) * page_size);
}

export async function countChosen(tx: Tx, caller: Caller, choice: StoreChoice): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(stores).where(chosen(caller, choice));
  return row?.count ?? 0;
}

/** Throws `not_found` for what the caller may not see. */
export async function storeById(tx: Tx, caller: Caller, id: string): Promise<StoreRecord> {
  const [row] = await rows(tx).where(and(chosen(caller, {}), eq(stores.id, id)));
  if (!row) throw new AppError("not_found", "store_not_found");
  return row;
}
