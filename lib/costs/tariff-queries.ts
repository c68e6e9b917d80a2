import { and, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { productCosts, tariffs } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import type { Tariff, TariffKind } from "./model";

export type TariffRow = typeof tariffs.$inferSelect;
export type NewTariff = Pick<Tariff, "kind" | "category" | "validFrom" | "value" | "source">;

type Said = { storeId: string | null; setAt: Date; setBy: string };

const ofStore = (storeId: string | null) =>
  storeId === null ? isNull(tariffs.storeId) : eq(tariffs.storeId, storeId);

/** Nobody else sets tariffs of the store, or with null of the installation, until the transaction ends. */
export async function lockTariffs(tx: Tx, storeId: string | null): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('tariffs'), hashtext(${storeId ?? "installation"}))`,
  );
}

/**
 * Another tariff of the same day takes the place of the one before; no two of these may be of one kind,
 * category and day. Returns what each has replaced, in their order.
 */
export async function putTariffs(
  tx: Tx,
  { storeId, ...said }: Said,
  list: readonly NewTariff[],
): Promise<unknown[]> {
  if (list.length === 0) return [];
  const { kind, category, validFrom } = tariffs;
  const keys = JSON.stringify(list);
  const known = await tx
    .select({ kind, category, validFrom, value: tariffs.value })
    .from(tariffs)
    .where(
      and(
        ofStore(storeId),
        sql`(${kind}, ${category}, ${validFrom}) in (select said.kind, said.category, said."validFrom"
          from jsonb_to_recordset(${keys}::text::jsonb)
            as said(kind text, category text, "validFrom" date))`,
      ),
    );
  await tx
    .insert(tariffs)
    .values(list.map((tariff) => ({ ...tariff, ...said, storeId })))
    .onConflictDoUpdate({
      target: [tariffs.storeId, tariffs.kind, tariffs.category, tariffs.validFrom],
      set: {
        value: sql`excluded.value`,
        source: sql`excluded.source`,
        setAt: said.setAt,
        setBy: said.setBy,
      },
    });
  const before = new Map(known.map((row) => [tariffKey(row), row.value]));
  return list.map((tariff) => before.get(tariffKey(tariff)) ?? null);
}

/** What only one tariff of a store may be of. */
export const tariffKey = ({
  kind,
  category,
  validFrom,
}: Pick<NewTariff, "kind" | "category" | "validFrom">) =>
  JSON.stringify([kind, category, validFrom]);

/** How many there are of each kind. */
export async function countTariffs(
  tx: Tx,
  storeId: string | null,
): Promise<{ kind: TariffKind; count: number }[]> {
  return tx
    .select({ kind: tariffs.kind, count: count() })
    .from(tariffs)
    .where(ofStore(storeId))
    .groupBy(tariffs.kind);
}

export async function lockTariff(tx: Tx, id: string): Promise<TariffRow | null> {
  const [row] = await tx.select().from(tariffs).where(eq(tariffs.id, id)).for("update");
  return row ?? null;
}

export async function deleteTariff(tx: Tx, id: string): Promise<void> {
  await tx.delete(tariffs).where(eq(tariffs.id, id));
}

/** A category of the caller's products, how many are in it, and of how many the cost is known. */
export type CategoryPresent = { category: string; products: number; costed: number };

const MOST_CATEGORIES = 500;

/** Kaspi's categories that the caller's products are in, the fullest first. */
export async function categoriesPresent(
  tx: Tx,
  caller: Caller,
  storeId: string | null,
): Promise<CategoryPresent[]> {
  return tx
    .select({
      category: sql<string>`${products.category}`,
      products: count(),
      costed: count(productCosts.id),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .leftJoin(
      productCosts,
      and(eq(productCosts.productId, products.id), isNull(productCosts.supersededAt)),
    )
    .where(
      and(
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
        isNull(products.goneAt),
        isNotNull(products.category),
        storeId === null ? undefined : eq(products.storeId, storeId),
      ),
    )
    .groupBy(products.category)
    .orderBy(desc(count()), products.category)
    .limit(MOST_CATEGORIES);
}
