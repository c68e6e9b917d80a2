import { and, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { productCosts, tariffs } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import type { Tariff } from "./model";

export type TariffRow = typeof tariffs.$inferSelect;
export type NewTariff = Pick<Tariff, "kind" | "category" | "validFrom" | "value" | "source">;

/** Another tariff of the same day takes the place of the one before. Returns the one it replaced. */
export async function putTariff(
  tx: Tx,
  tariff: NewTariff & { storeId: string | null; setAt: Date; setBy: string },
): Promise<{ id: string; before: unknown }> {
  const { storeId, kind, category, validFrom, value, source, setAt, setBy } = tariff;
  const [known] = await tx
    .select({ id: tariffs.id, value: tariffs.value })
    .from(tariffs)
    .where(
      and(
        storeId === null ? isNull(tariffs.storeId) : eq(tariffs.storeId, storeId),
        eq(tariffs.kind, kind),
        eq(tariffs.category, category),
        eq(tariffs.validFrom, validFrom),
      ),
    )
    .for("update");
  const said = { value, source, setAt, setBy };
  const [row] = await tx
    .insert(tariffs)
    .values({ storeId, kind, category, validFrom, ...said })
    .onConflictDoUpdate({
      target: [tariffs.storeId, tariffs.kind, tariffs.category, tariffs.validFrom],
      set: said,
    })
    .returning({ id: tariffs.id });
  if (!row) throw new Error("insert into tariffs returned nothing");
  return { id: row.id, before: known?.value ?? null };
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
        mayRead(caller),
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
