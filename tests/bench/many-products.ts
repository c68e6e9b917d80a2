import type { Office } from "./office";

/** The products of a store, so many times over; each in its leading city. */
export async function multiply(
  { database: { sql } }: Office,
  storeId: string,
  copies: number,
): Promise<void> {
  await sql`
    insert into products (store_id, sku, card_id, offer_id, name, brand, category, image_url, shop_path,
      price, lead_city_id, stock, on_sale, bot_enabled, floor, ceiling, anchor)
    select store_id, sku || '-' || copy, card_id, offer_id, name, brand, category, image_url, shop_path,
      price, lead_city_id, stock, on_sale, bot_enabled, floor, ceiling, anchor
    from products cross join generate_series(2, ${copies}::int) as copy where store_id = ${storeId}`;
  await sql`
    insert into product_cities (product_id, store_id, city_id, price, next_check_at, is_priced)
    select products.id, store_id, lead_city_id, price, now(), true
    from products join stores on stores.id = store_id where store_id = ${storeId}
    on conflict do nothing`;
  await sql`vacuum analyze`;
}
