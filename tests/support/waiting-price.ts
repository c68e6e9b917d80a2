import { kaspiLogins } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import type { Handle } from "./goods";
import type { TestOffice } from "./office";
import type { Shelf } from "./shelf";

/** A product whose bot has decided to follow a rival; nothing has been sent, of it nor of any other. */
export async function onePriceWaits({ access, twin }: TestOffice, shelf: Shelf): Promise<Handle> {
  const { db } = access;
  twin.clearFaults();
  await db.delete(budgetEntries);
  await db.delete(decisions);
  await db.update(kaspiLogins).set({ writesBlockedUntil: null });
  await db.update(products).set({ botEnabled: false });
  const goods = await shelf.contested();
  await goods.check();
  return goods;
}
