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
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  with wanted as (
    select coalesce(nullif(own, '{}'), array_remove(array[main] || of_store, null)) as cities
  ), meant as (
    select array(
      select city from (select distinct unnest(cities) as city from wanted) c
      where shown is null or shown ? city
      order by city is distinct from main, city
    ) as cities
  )
  select case
    when shown is null then cities[1:1]
    when cities = '{}' then array(
      select city from jsonb_object_keys(shown) city order by city is distinct from main, city limit 1)
    else cities
  end from meant
$$;--> statement-breakpoint
UPDATE "products" SET "lead_city_id" = "main_city_id" FROM "stores" WHERE "stores"."id" = "products"."store_id";--> statement-breakpoint
UPDATE "product_cities" SET "is_priced" = true FROM "stores"
  WHERE "stores"."id" = "product_cities"."store_id" AND "stores"."main_city_id" = "product_cities"."city_id";
