import { and, asc, eq, isNotNull } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
import { products } from "@/lib/db/schema/products";

type Exit = typeof exits.$inferSelect;

export async function insertExit(
  tx: Tx,
  exit: Pick<Exit, "name" | "proxyUrl" | "readsPerSecond">,
): Promise<string> {
  const [row] = await tx.insert(exits).values(exit).returning({ id: exits.id });
  if (!row) throw new Error("insert into exits returned nothing");
  return row.id;
}

/** Where the proxies are, encrypted. */
export async function sealedProxies(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ proxyUrl: exits.proxyUrl }).from(exits);
  return rows.flatMap(({ proxyUrl }) => proxyUrl ?? []);
}

/** The exit, locked together with all others: who is the last one does not change meanwhile. */
export async function lockExit(tx: Tx, exitId: string): Promise<{ exit: Exit; isLast: boolean }> {
  const all = await tx.select().from(exits).orderBy(asc(exits.id)).for("update");
  const exit = all.find(({ id }) => id === exitId);
  if (!exit) throw new AppError("not_found");
  const others = all.filter(({ id, isActive }) => isActive && id !== exitId);
  return { exit, isLast: others.length === 0 };
}

export async function updateExit(
  tx: Tx,
  exitId: string,
  set: Partial<Pick<Exit, "isActive" | "readsPerSecond" | "restingUntil" | "restReason">>,
): Promise<void> {
  await tx.update(exits).set(set).where(eq(exits.id, exitId));
}

/** Only a proxy can be removed; the machine's own address is switched off instead. */
export async function deleteProxy(tx: Tx, exitId: string): Promise<boolean> {
  const gone = await tx
    .delete(exits)
    .where(and(eq(exits.id, exitId), isNotNull(exits.proxyUrl)))
    .returning({ id: exits.id });
  return gone.length > 0;
}

/** A card to try a new exit on; null while no product is known. */
export async function anyCard(tx: Tx): Promise<string | null> {
  const [row] = await tx
    .select({ cardId: products.cardId })
    .from(products)
    .where(and(isNotNull(products.cardId), eq(products.onSale, true)))
    .limit(1);
  return row?.cardId ?? null;
}
