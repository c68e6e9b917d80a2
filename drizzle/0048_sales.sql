CREATE TABLE "sales_days" (
	"store_id" uuid NOT NULL,
	"day" date NOT NULL,
	"city" text NOT NULL,
	"city_name" text NOT NULL,
	"payment" text NOT NULL,
	"delivery" text NOT NULL,
	"orders" integer DEFAULT 0 NOT NULL,
	"revenue" bigint DEFAULT 0 NOT NULL,
	"completed" integer DEFAULT 0 NOT NULL,
	"completed_sum" bigint DEFAULT 0 NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL,
	"cancelled_sum" bigint DEFAULT 0 NOT NULL,
	"returned" integer DEFAULT 0 NOT NULL,
	"returned_sum" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "sales_days_store_id_day_city_payment_delivery_pk" PRIMARY KEY("store_id","day","city","payment","delivery")
);
--> statement-breakpoint
CREATE TABLE "sales_product_days" (
	"store_id" uuid NOT NULL,
	"day" date NOT NULL,
	"line" text NOT NULL,
	"product_id" uuid,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"orders" integer DEFAULT 0 NOT NULL,
	"units" numeric(16, 3) DEFAULT 0 NOT NULL,
	"revenue" bigint DEFAULT 0 NOT NULL,
	"cancelled_units" numeric(16, 3) DEFAULT 0 NOT NULL,
	"cancelled_sum" bigint DEFAULT 0 NOT NULL,
	"returned_units" numeric(16, 3) DEFAULT 0 NOT NULL,
	"returned_sum" bigint DEFAULT 0 NOT NULL,
	"known_revenue" bigint DEFAULT 0 NOT NULL,
	"known_units" numeric(16, 3) DEFAULT 0 NOT NULL,
	"cost" bigint DEFAULT 0 NOT NULL,
	"packaging" bigint DEFAULT 0 NOT NULL,
	"other" bigint DEFAULT 0 NOT NULL,
	"returns" bigint DEFAULT 0 NOT NULL,
	"delivery" bigint DEFAULT 0 NOT NULL,
	"commission" bigint DEFAULT 0 NOT NULL,
	"kaspi_pay" bigint DEFAULT 0 NOT NULL,
	"tax" bigint DEFAULT 0 NOT NULL,
	"profit" bigint DEFAULT 0 NOT NULL,
	"later_cost_revenue" bigint DEFAULT 0 NOT NULL,
	"missing" text[] NOT NULL,
	CONSTRAINT "sales_product_days_store_id_day_line_pk" PRIMARY KEY("store_id","day","line")
);
--> statement-breakpoint
CREATE TABLE "sales_stale_days" (
	"store_id" uuid NOT NULL,
	"day" date NOT NULL,
	"marks" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "sales_stale_days_store_id_day_pk" PRIMARY KEY("store_id","day")
);
--> statement-breakpoint
CREATE TABLE "sales_stale_products" (
	"product_id" uuid PRIMARY KEY NOT NULL,
	"marks" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sales_days" ADD CONSTRAINT "sales_days_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_product_days" ADD CONSTRAINT "sales_product_days_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_product_days" ADD CONSTRAINT "sales_product_days_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_stale_days" ADD CONSTRAINT "sales_stale_days_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_stale_products" ADD CONSTRAINT "sales_stale_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sales_product_days_product" ON "sales_product_days" USING btree ("product_id","day");--> statement-breakpoint
CREATE FUNCTION "mark_sales_days"(said jsonb) RETURNS void LANGUAGE sql AS $$
  -- In order, so that two of them wait for each other in no circle.
  insert into sales_stale_days (store_id, day)
    select distinct one.store_id, one.day from jsonb_to_recordset(said) as one(store_id uuid, day date)
    order by one.store_id, one.day
    on conflict (store_id, day) do update set marks = sales_stale_days.marks + 1;
$$;
--> statement-breakpoint
CREATE FUNCTION "orders_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', o.store_id,
      'day', (o.ordered_at at time zone w.time_zone)::date))
    from changed o cross join workspace w));
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "orders_added_mark_sales" AFTER INSERT ON "orders" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "orders_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "orders_moved_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  -- What was only read again says the same as before.
  perform mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', one.store_id,
      'day', (one.ordered_at at time zone w.time_zone)::date))
    from (select b.store_id, unnest(array[b.ordered_at, a.ordered_at]) as ordered_at
      from before b join after a using (id) where a.changed_at is distinct from b.changed_at) one
    cross join workspace w));
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "orders_changed_mark_sales" AFTER UPDATE ON "orders" REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION "orders_moved_mark_sales"();
--> statement-breakpoint
CREATE TRIGGER "orders_gone_mark_sales" AFTER DELETE ON "orders" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "orders_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "order_entries_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', o.store_id,
      'day', (o.ordered_at at time zone w.time_zone)::date))
    from orders o cross join workspace w where o.id in (select order_id from changed)));
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "order_entries_added_mark_sales" AFTER INSERT ON "order_entries" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "order_entries_mark_sales"();
--> statement-breakpoint
CREATE TRIGGER "order_entries_changed_mark_sales" AFTER UPDATE ON "order_entries" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "order_entries_mark_sales"();
--> statement-breakpoint
CREATE TRIGGER "order_entries_gone_mark_sales" AFTER DELETE ON "order_entries" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "order_entries_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "product_costs_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  insert into sales_stale_products (product_id) select distinct product_id from changed order by product_id
    on conflict (product_id) do update set marks = sales_stale_products.marks + 1;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "product_costs_added_mark_sales" AFTER INSERT ON "product_costs" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "product_costs_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "tariffs_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', d.store_id, 'day', d.day))
    from sales_days d join (select store_id, min(valid_from) as first from changed group by store_id) t
      on d.day >= t.first and (t.store_id is null or t.store_id = d.store_id)));
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "tariffs_added_mark_sales" AFTER INSERT ON "tariffs" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "tariffs_mark_sales"();
--> statement-breakpoint
CREATE TRIGGER "tariffs_changed_mark_sales" AFTER UPDATE ON "tariffs" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "tariffs_mark_sales"();
--> statement-breakpoint
CREATE TRIGGER "tariffs_gone_mark_sales" AFTER DELETE ON "tariffs" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "tariffs_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "zone_marks_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if old.time_zone is distinct from new.time_zone then
    perform mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', o.store_id, 'day', o.day))
      from (select store_id, (ordered_at at time zone new.time_zone)::date as day from orders
        union select store_id, day from sales_days) o));
  end if;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "workspace_marks_sales" AFTER UPDATE OF time_zone ON "workspace" FOR EACH ROW EXECUTE FUNCTION "zone_marks_sales"();
--> statement-breakpoint
SELECT mark_sales_days((SELECT jsonb_agg(DISTINCT jsonb_build_object('store_id', o.store_id, 'day', (o.ordered_at at time zone w.time_zone)::date)) FROM orders o CROSS JOIN workspace w));
