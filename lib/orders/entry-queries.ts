import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import type { KaspiOrder } from "@/lib/kaspi/order";
import { writeLines } from "./line-queries";
import { type LineMarks, sameLines } from "./line-rules";
import { pieces, settleStock, type Wanted } from "./stock-queries";

type Saved = { id: string; code: string };
type Given = {
  said: readonly KaspiOrder[];
  saved: readonly Saved[];
  /** Those of them that were there before. */
  known: readonly string[];
};

/**
 * Keeps the lines of saved orders, finds their products, and has the stock kept here follow: what is not among
 * them any more is gone and given back. What happened to a line since is found by what it is about, not by its
 * number alone.
 */
export async function saveEntries(
  tx: Tx,
  storeId: string,
  { said, saved, known }: Given,
  now: Date,
): Promise<void> {
  const lines = linesOf(said, saved);
  if (lines.length === 0) return;
  const before = new Set(known);
  const orderIds = [...new Set(lines.map(({ orderId }) => orderId))];
  const old = await linesKnown(
    tx,
    orderIds.filter((id) => before.has(id)),
  );
  const { whole, gone, moved } = matched(lines, old);
  await removeLines(tx, gone);
  await makeRoom(tx, moved);
  const touched = await writeLines(tx, storeId, whole);
  await settleStock(tx, wantedOf(touched, old));
  const changed = [...touched, ...gone].map(({ orderId }) => orderId);
  await noteChanged(
    tx,
    changed.filter((id) => before.has(id)),
    now,
  );
}

function linesOf(said: readonly KaspiOrder[], saved: readonly Saved[]) {
  const idOf = new Map(saved.map(({ code, id }) => [code, id]));
  return said.flatMap(({ code, entries }) => {
    const orderId = idOf.get(code);
    return orderId === undefined || entries === null
      ? []
      : entries.map((entry) => ({ ...entry, orderId, name: entry.name ?? entry.sku ?? "—" }));
  });
}

type SaidLine = ReturnType<typeof linesOf>[number];
type KnownLine = LineMarks & {
  id: string;
  orderId: string;
  productId: string | null;
  pieces: number;
};

/** A line that was linked by its card alone is about its product's article. */
function linesKnown(tx: Tx, orderIds: readonly string[]): Promise<KnownLine[]> {
  if (orderIds.length === 0) return Promise.resolve([]);
  return tx
    .select({
      id: orderEntries.id,
      orderId: orderEntries.orderId,
      nth: orderEntries.nth,
      entryId: orderEntries.entryId,
      sku: sql<string | null>`coalesce(${orderEntries.sku}, ${products.sku})`,
      cardId: orderEntries.cardId,
      productId: orderEntries.productId,
      pieces: pieces(orderEntries),
    })
    .from(orderEntries)
    .leftJoin(products, eq(products.id, orderEntries.productId))
    .where(sql`${orderEntries.orderId} = any(${sql.param([...orderIds])}::uuid[])`)
    .orderBy(orderEntries.orderId, orderEntries.nth);
}

/** Each line with the id it has here (null: a new one), and the known ones that are named no more or elsewhere. */
function matched(lines: readonly SaidLine[], old: readonly KnownLine[]) {
  const whole: (SaidLine & { id: string | null })[] = [];
  const kept = new Map<KnownLine, SaidLine>();
  const knownOf = grouped(old);
  for (const [orderId, ofOrder] of grouped(lines)) {
    const pairs = sameLines(knownOf.get(orderId) ?? [], ofOrder);
    for (const line of ofOrder) {
      const known = pairs.get(line);
      whole.push({ ...line, id: known?.id ?? null });
      if (known) kept.set(known, line);
    }
  }
  const moved = [...kept].filter(([known, { nth }]) => known.nth !== nth).map(([{ id }]) => id);
  return { whole, gone: old.filter((line) => !kept.has(line)), moved };
}

function grouped<Line extends { orderId: string }>(lines: readonly Line[]): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of lines) groups.set(line.orderId, [...(groups.get(line.orderId) ?? []), line]);
  return groups;
}

/** What was taken off the stock for them is given back. */
async function removeLines(tx: Tx, gone: readonly KnownLine[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await settleStock(
    tx,
    ids.map((id) => ({ id, kind: "none" as const })),
  );
  await tx.execute(
    sql`delete from ${orderEntries} where ${orderEntries.id} = any(${sql.param(ids)}::uuid[])`,
  );
}

/** Two lines that change places must not meet on the way. */
async function makeRoom(tx: Tx, moved: readonly string[]): Promise<void> {
  if (moved.length > 0)
    await tx.execute(sql`update ${orderEntries} set nth = -1 - nth
      where id = any(${sql.param([...moved])}::uuid[])`);
}

type Touched = { id: string; productId: string | null; pieces: number };

/** A new line wants all of its pieces, and so does one that has found its product only now. */
function wantedOf(touched: readonly Touched[], old: readonly KnownLine[]): Wanted[] {
  const before = new Map(old.map((line) => [line.id, line]));
  return touched.flatMap(({ id, productId, pieces: now }): Wanted[] => {
    const known = before.get(id);
    if (!known || (known.productId === null && productId !== null)) return [{ id, kind: "all" }];
    return known.pieces === now ? [] : [{ id, kind: "other", more: now - known.pieces }];
  });
}

async function noteChanged(tx: Tx, orderIds: readonly string[], now: Date): Promise<void> {
  if (orderIds.length > 0)
    await tx.execute(sql`update ${orders} set changed_at = ${now.toISOString()}::timestamptz
      where id = any(${sql.param([...orderIds])}::uuid[])`);
}
