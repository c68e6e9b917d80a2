CREATE TABLE "calculations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"texts" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"entry_id" text,
	"sku" text,
	"name" text NOT NULL,
	"product_id" uuid,
	"card_id" text,
	"category_code" text,
	"category_title" text,
	"quantity" numeric(12, 3) NOT NULL,
	"unit_type" text,
	"unit_price" integer NOT NULL,
	"total_price" integer NOT NULL,
	"delivery_cost" integer,
	"weight" numeric(14, 3),
	"amount" numeric(14, 3) GENERATED ALWAYS AS (case when unit_type is null or unit_type not like 'MEASURABLE%' then quantity
        when weight > 0 then case when abs(unit_price * weight / 1000 - total_price) <= 1 then weight / 1000 end
        when abs(unit_price * quantity - total_price) <= 1 then quantity end) STORED,
	"stock_taken" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_gaps" (
	"store_id" uuid NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"orders" integer NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_gaps_store_id_from_at_pk" PRIMARY KEY("store_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "order_reads" (
	"store_id" uuid NOT NULL,
	"source" text NOT NULL,
	"history_days" integer DEFAULT 365 NOT NULL,
	"read_from" timestamp with time zone,
	"read_to" timestamp with time zone,
	"late_read_at" timestamp with time zone,
	"late_from" timestamp with time zone,
	"next_read_at" timestamp with time zone NOT NULL,
	"begun_at" timestamp with time zone,
	"is_legacy" boolean DEFAULT false NOT NULL,
	"linked_among" text,
	"last_whole_at" timestamp with time zone,
	"last_error_at" timestamp with time zone,
	"last_error" text,
	"unreadable" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "order_reads_store_id_source_pk" PRIMARY KEY("store_id","source")
);
--> statement-breakpoint
CREATE TABLE "order_states" (
	"order_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"status" text NOT NULL,
	"by" text,
	CONSTRAINT "order_states_order_id_nth_pk" PRIMARY KEY("order_id","nth")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"code" text NOT NULL,
	"kaspi_id" text,
	"state" text NOT NULL,
	"status" text NOT NULL,
	"tab" text NOT NULL,
	"ordered_at" timestamp with time zone NOT NULL,
	"total_price" integer NOT NULL,
	"delivery_mode" text,
	"is_kaspi_delivery" boolean,
	"express" boolean NOT NULL,
	"payment_mode" text,
	"delivery_cost" integer,
	"seller_delivery_cost" integer,
	"pickup_point_id" text,
	"city_id" text,
	"city_name" text,
	"pre_order" boolean NOT NULL,
	"signature_required" boolean NOT NULL,
	"assembled" boolean,
	"cancellation_reason" text,
	"planned_at" timestamp with time zone,
	"handover_by" timestamp with time zone,
	"handed_over_at" timestamp with time zone,
	"waybill_url" text,
	"buyer_name" text,
	"source" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"has_entries" boolean DEFAULT false NOT NULL,
	"entries_asked_at" timestamp with time zone,
	"left_at" timestamp with time zone,
	"unsure_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "shop_paces" (
	"who" text PRIMARY KEY NOT NULL,
	"next_call_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_sources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"name" text,
	"rating" double precision,
	"total" integer,
	"stars" integer[],
	"walks" integer DEFAULT 0 NOT NULL,
	"settled_walk" integer DEFAULT 0 NOT NULL,
	"is_whole" boolean DEFAULT false NOT NULL,
	"whole_walk_at" timestamp with time zone,
	"settled_bound" integer DEFAULT 0 NOT NULL,
	"settled_gap" integer,
	"per_page" integer DEFAULT 200 NOT NULL,
	"walked_by" text,
	"walking_until" timestamp with time zone,
	"last_read_at" timestamp with time zone,
	"next_read_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"error_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_watches" (
	"user_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"is_watched" boolean DEFAULT true NOT NULL,
	"run_id" uuid,
	CONSTRAINT "review_watches_user_id_source_id_pk" PRIMARY KEY("user_id","source_id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"source_id" uuid NOT NULL,
	"id" text NOT NULL,
	"card_id" text,
	"card_name" text,
	"merchant_id" text,
	"merchant_name" text,
	"author" text,
	"reviewed_on" date,
	"odd_day" text,
	"rating" smallint,
	"text" text,
	"plus" text,
	"minus" text,
	"pictures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"walk" integer NOT NULL,
	"last_walk" integer NOT NULL,
	"last_page" integer NOT NULL,
	CONSTRAINT "reviews_source_id_id_pk" PRIMARY KEY("source_id","id")
);
--> statement-breakpoint
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
	"lineless" integer DEFAULT 0 NOT NULL,
	"lineless_sum" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "sales_days_store_id_day_city_payment_delivery_pk" PRIMARY KEY("store_id","day","city","payment","delivery")
);
--> statement-breakpoint
CREATE TABLE "sales_product_days" (
	"store_id" uuid NOT NULL,
	"day" date NOT NULL,
	"line" text NOT NULL,
	"sku" text,
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
	"lost_delivery" bigint DEFAULT 0 NOT NULL,
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
	"id" bigserial PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"day" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sales_stale_products" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "shop_calls_per_second" double precision DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "shop_calls_per_exit" double precision DEFAULT 6 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "sales_per_review" integer DEFAULT 8 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "reviews_read" integer DEFAULT 10000 NOT NULL;--> statement-breakpoint
ALTER TABLE "calculations" ADD CONSTRAINT "calculations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_entries" ADD CONSTRAINT "order_entries_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_entries" ADD CONSTRAINT "order_entries_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_entries" ADD CONSTRAINT "order_entries_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_gaps" ADD CONSTRAINT "order_gaps_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_reads" ADD CONSTRAINT "order_reads_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_states" ADD CONSTRAINT "order_states_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_watches" ADD CONSTRAINT "review_watches_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_watches" ADD CONSTRAINT "review_watches_source_id_review_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."review_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_source_id_review_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."review_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_days" ADD CONSTRAINT "sales_days_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_product_days" ADD CONSTRAINT "sales_product_days_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_product_days" ADD CONSTRAINT "sales_product_days_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_stale_days" ADD CONSTRAINT "sales_stale_days_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales_stale_products" ADD CONSTRAINT "sales_stale_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calculations_user" ON "calculations" USING btree ("user_id","saved_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_entries_nth" ON "order_entries" USING btree ("order_id","nth");--> statement-breakpoint
CREATE INDEX "order_entries_product" ON "order_entries" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "order_entries_sku" ON "order_entries" USING btree ("store_id","sku" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "order_entries_unlinked" ON "order_entries" USING btree ("store_id") WHERE "order_entries"."product_id" is null;--> statement-breakpoint
CREATE INDEX "order_reads_due" ON "order_reads" USING btree ("next_read_at");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_store_code" ON "orders" USING btree ("store_id","code");--> statement-breakpoint
CREATE INDEX "orders_store_time" ON "orders" USING btree ("store_id","ordered_at","id");--> statement-breakpoint
CREATE INDEX "orders_store_tab" ON "orders" USING btree ("store_id","tab","ordered_at","id");--> statement-breakpoint
CREATE INDEX "orders_store_changed" ON "orders" USING btree ("store_id","changed_at");--> statement-breakpoint
CREATE INDEX "orders_city" ON "orders" USING btree ("store_id","city_id","city_name");--> statement-breakpoint
CREATE INDEX "orders_open" ON "orders" USING btree ("store_id","read_at") WHERE "orders"."tab" <> 'archive';--> statement-breakpoint
CREATE INDEX "orders_no_entries" ON "orders" USING btree ("store_id","entries_asked_at") WHERE not "orders"."has_entries";--> statement-breakpoint
CREATE UNIQUE INDEX "review_sources_code" ON "review_sources" USING btree ("kind","code");--> statement-breakpoint
CREATE INDEX "review_sources_due" ON "review_sources" USING btree ("next_read_at");--> statement-breakpoint
CREATE INDEX "review_watches_source" ON "review_watches" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "reviews_day" ON "reviews" USING btree ("source_id","reviewed_on" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "reviews_card" ON "reviews" USING btree ("source_id","card_id","reviewed_on" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "sales_product_days_product" ON "sales_product_days" USING btree ("product_id","day");--> statement-breakpoint
CREATE INDEX "sales_stale_days_day" ON "sales_stale_days" USING btree ("day" DESC NULLS LAST,"store_id");--> statement-breakpoint
INSERT INTO "group_permissions" ("group_id", "permission")
	SELECT "id", 'change_order' FROM "groups" WHERE "built_in" = 'sellers' ON CONFLICT DO NOTHING;
--> statement-breakpoint
CREATE FUNCTION "mark_sales_days"(said jsonb) RETURNS void LANGUAGE sql AS $$
  insert into sales_stale_days (store_id, day)
    select distinct one.store_id, one.day from jsonb_to_recordset(said) as one(store_id uuid, day date)
    -- A store that is deleted takes its orders with it, and needs no sums.
    where exists (select from stores s where s.id = one.store_id);
$$;
--> statement-breakpoint
-- Planned anew each time: what is good for ten rows is not for a million, and plans of triggers are kept.
CREATE FUNCTION "orders_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('sales'), hashtext('zone'));
  execute $sql$select mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', o.store_id,
      'day', (o.ordered_at at time zone w.time_zone)::date))
    from changed o cross join workspace w))$sql$;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "orders_added_mark_sales" AFTER INSERT ON "orders" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "orders_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "orders_moved_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('sales'), hashtext('zone'));
  -- What was only read again says the same as before.
  execute $sql$select mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', one.store_id,
      'day', (one.ordered_at at time zone w.time_zone)::date))
    from (select b.store_id, unnest(array[b.ordered_at, a.ordered_at]) as ordered_at
      from before b join after a using (id) where a.changed_at is distinct from b.changed_at) one
    cross join workspace w))$sql$;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "orders_changed_mark_sales" AFTER UPDATE ON "orders" REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION "orders_moved_mark_sales"();
--> statement-breakpoint
CREATE TRIGGER "orders_gone_mark_sales" AFTER DELETE ON "orders" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "orders_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "order_entries_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('sales'), hashtext('zone'));
  execute $sql$select mark_sales_days((select jsonb_agg(jsonb_build_object('store_id', d.store_id, 'day', d.day))
    from (select distinct o.store_id, (o.ordered_at at time zone w.time_zone)::date as day
      from (select distinct order_id from changed) c
      -- Looked up one by one: of how many have changed the planner knows nothing, and would read them all.
      cross join lateral (select store_id, ordered_at from orders where id = c.order_id offset 0) o
      cross join workspace w) d))$sql$;
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
  insert into sales_stale_products (product_id, since)
    select product_id, min(set_at) from changed group by product_id;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER "product_costs_added_mark_sales" AFTER INSERT ON "product_costs" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "product_costs_mark_sales"();
--> statement-breakpoint
CREATE FUNCTION "tariffs_mark_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  -- What is being summed by the old tariffs is summed to its end first, and seen below.
  perform pg_advisory_xact_lock(hashtext('sales'), hashtext('sums'));
  execute $sql$select mark_sales_days((select jsonb_agg(distinct jsonb_build_object('store_id', d.store_id, 'day', d.day))
    from sales_days d join (select store_id, min(valid_from) as first from changed group by store_id) t
      on d.day >= t.first and (t.store_id is null or t.store_id = d.store_id)))$sql$;
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
    -- Nobody notes a day by the old zone, or sums one by it, from here to the end.
    perform pg_advisory_xact_lock(hashtext('sales'), hashtext('sums'));
    perform pg_advisory_xact_lock(hashtext('sales'), hashtext('zone'));
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
