DROP INDEX "product_cities_due";--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "priced_cities" text[];--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "is_priced" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "floor" integer;--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "ceiling" integer;--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "rule" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "anchor" integer;--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "manual_lock" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "city_prices" jsonb;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "lead_city_id" text;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "priced_cities" text[];--> statement-breakpoint
CREATE INDEX "product_cities_due" ON "product_cities" USING btree ("store_id","next_check_at","product_id") WHERE "product_cities"."is_priced";--> statement-breakpoint
CREATE FUNCTION "priced_cities"(shown jsonb, own text[], of_store text[], main text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
declare
  wanted text[];
  meant text[];
begin
  -- Almost every product has no choice of its own, nor its store: then this is all.
  if coalesce(cardinality(own), 0) = 0 and coalesce(cardinality(of_store), 0) = 0
    and (shown is null or shown ? main) then
    return array_remove(array[main], null);
  end if;
  wanted := coalesce(nullif(own, '{}'), array_remove(array[main] || of_store, null));
  meant := array(
    select distinct on (city is distinct from main, city) city from unnest(wanted) city
    where shown is null or shown ? city
    order by city is distinct from main, city);
  if shown is null then
    return meant[1:1];
  elsif meant = '{}' then
    return array(
      select city from jsonb_object_keys(shown) city
      order by city is distinct from main, city limit 1);
  end if;
  return meant;
end
$$;--> statement-breakpoint
UPDATE "products" SET "lead_city_id" = "main_city_id" FROM "stores" WHERE "stores"."id" = "products"."store_id";--> statement-breakpoint
UPDATE "product_cities" SET "is_priced" = true FROM "stores"
  WHERE "stores"."id" = "product_cities"."store_id" AND "stores"."main_city_id" = "product_cities"."city_id";
