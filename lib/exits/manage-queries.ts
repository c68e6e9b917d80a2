import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { isAtWork } from "./at-work-queries";
import { inTheirOrder } from "./order-queries";

type Exit = typeof exits.$inferSelect;

type NewRow = Pick<Exit, "name" | "proxyUrl" | "readsPerSecond" | "identity">;

export async function insertExit(tx: Tx, exit: NewRow): Promise<string> {
  const [row] = await tx.insert(exits).values(exit).returning({ id: exits.id });
  if (!row) throw new Error("insert into exits returned nothing");
  return row.id;
}

/** Proxies nobody has tried: none is used before a probe has come through. */
export async function insertUntried(tx: Tx, proxies: NewRow[], now: Date): Promise<string[]> {
  if (proxies.length === 0) return [];
  const untried = { deadSince: now, deadReason: "untried" as const, nextProbeAt: now };
  const rows = await tx
    .insert(exits)
    // In the order of the list they came from.
    .values(proxies.map((proxy, nth) => ({ ...proxy, ...untried, createdAt: later(now, nth) })))
    .returning({ id: exits.id });
  return rows.map(({ id }) => id);
}

/** Everything about the exits, as their owner's page shows it. Proxies are encrypted. */
export async function exitPool(tx: Tx): Promise<Exit[]> {
  return tx
    .select()
    .from(exits)
    .orderBy(...inTheirOrder);
}

/** Proxies are added one after another: who adds one sees all that are there until it commits. */
export async function lockPool(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('exits'), ${POOL_PURPOSE})`);
}

/** Of the advisory locks; see `claimStore` and `withStoreLock` for the others. */
const POOL_PURPOSE = 4;

/** Where the proxies are, encrypted. */
export async function sealedProxies(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ proxyUrl: exits.proxyUrl }).from(exits);
  return rows.flatMap(({ proxyUrl }) => proxyUrl ?? []);
}

/** What its owner calls a proxy; null for the machine's own address, or one that is gone. */
export async function nameOfExit(tx: Tx, exitId: string): Promise<string | null> {
  const [exit] = await tx
    .select({ name: exits.name })
    .from(exits)
    .where(and(eq(exits.id, exitId), isNotNull(exits.proxyUrl)));
  return exit?.name ?? null;
}

/** Whether a login may be entered through it now; the machine's own address need not read for that. */
const servesCabinets = ({ forCabinet, deadSince, isActive, proxyUrl }: Exit) =>
  forCabinet && deadSince === null && (isActive || proxyUrl === null);

/** The exit, locked together with all others: who is the last one does not change meanwhile. */
export async function lockExit(
  tx: Tx,
  exitId: string,
): Promise<{ exit: Exit; isLast: boolean; isLastForCabinet: boolean }> {
  const all = await tx.select().from(exits).orderBy(asc(exits.id)).for("update");
  const exit = all.find(({ id }) => id === exitId);
  if (!exit) throw new AppError("not_found");
  const others = all.filter(({ id }) => id !== exitId);
  return {
    exit,
    isLast: !others.some(({ isActive }) => isActive),
    isLastForCabinet: servesCabinets(exit) && !others.some(servesCabinets),
  };
}

export async function updateExit(tx: Tx, exitId: string, set: Partial<Exit>): Promise<void> {
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

/** A card to try a new exit on; null while no store that may be asked for has a product. */
export async function anyCard(tx: Tx): Promise<string | null> {
  const [row] = await tx
    .select({ cardId: products.cardId })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(and(isNotNull(products.cardId), eq(products.onSale, true), isAtWork))
    .limit(1);
  return row?.cardId ?? null;
}
