import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { beginToSync, connectStore, type Office, syncStore } from "./office";

/** A synced store whose bot is on for the first so many products that can be priced. */
export async function watchedStore(office: Office, shop: string, products: number) {
  const { storeId } = await connectStore(office, shop);
  await syncStore(office, storeId);
  await watchProducts(office, storeId, products);
  return storeId;
}

/** The same of the big shop, whose 50,000 offers need not all be read for it. */
export async function watchedPart(office: Office, products: number) {
  const { storeId } = await connectStore(office, "big");
  await beginToSync(office, storeId, Math.ceil(products / 1_000) + 1);
  await watchProducts(office, storeId, products);
  return storeId;
}

/** Switches the bot on for the first so many of the store's products that can be priced. */
export async function watchProducts(
  { database: { sql } }: Office,
  storeId: string,
  products: number,
) {
  await sql`
    update products set bot_enabled = true, floor = ceil(price * 0.9), ceiling = ceil(price * 1.1),
      anchor = price
    where id in (select id from products where store_id = ${storeId} and on_sale
      and card_id is not null and price > 100 order by id limit ${products})`;
  await sql`analyze`;
}

/** Every watched product is due at once. */
export async function makeDue({ database, access }: Office): Promise<void> {
  await database.sql`update product_cities set next_check_at = ${access.clock().toISOString()}`;
}

/** Reads, decides and saves whatever is due. Returns how many products that were. */
export async function repriceAllDue({ access }: Office, storeId: string): Promise<number> {
  let checked = 0;
  for (;;) {
    const counts = await repriceDue(access, storeId, { trigger: "schedule" });
    if (!counts) return checked;
    checked += counts.checked;
  }
}
