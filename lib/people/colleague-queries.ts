import { and, asc, eq, ilike, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { users } from "@/lib/db/schema/workspace";

type Asked = { q?: string | undefined; limit?: number; offset?: number };

const isMeant = (q?: string) =>
  and(
    eq(users.isActive, true),
    q ? ilike(users.name, `%${q.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
  );

/** Who works here, by name: everybody in the office may know so much, and no more. */
export function listColleagues(
  tx: Tx,
  { q, limit = 1_000, offset = 0 }: Asked = {},
): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(isMeant(q))
    .orderBy(sql`lower(${users.name})`, asc(users.id))
    .limit(limit)
    .offset(offset);
}

export const countColleagues = (tx: Tx, { q }: Asked = {}): Promise<number> =>
  tx.$count(users, isMeant(q));
