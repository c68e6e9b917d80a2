CREATE TABLE "order_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"sku" text,
	"name" text NOT NULL,
	"product_id" uuid,
	"card_id" text,
	"category_code" text,
	"category_title" text,
	"quantity" numeric(12, 3) NOT NULL,
	"unit_price" integer NOT NULL,
	"total_price" integer NOT NULL,
	"delivery_cost" integer,
	"weight" numeric(14, 3),
	"stock_taken" integer DEFAULT 0 NOT NULL
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
	"next_call_at" timestamp with time zone,
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
	"is_kaspi_delivery" boolean NOT NULL,
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
	"unsure_since" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "shop_calls_per_second" double precision DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_entries" ADD CONSTRAINT "order_entries_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_entries" ADD CONSTRAINT "order_entries_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_entries" ADD CONSTRAINT "order_entries_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_reads" ADD CONSTRAINT "order_reads_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_states" ADD CONSTRAINT "order_states_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "order_entries_nth" ON "order_entries" USING btree ("order_id","nth");--> statement-breakpoint
CREATE INDEX "order_entries_product" ON "order_entries" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "order_entries_sku" ON "order_entries" USING btree ("store_id","sku");--> statement-breakpoint
CREATE INDEX "order_entries_unlinked" ON "order_entries" USING btree ("store_id") WHERE "order_entries"."product_id" is null;--> statement-breakpoint
CREATE INDEX "order_reads_due" ON "order_reads" USING btree ("next_read_at");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_store_code" ON "orders" USING btree ("store_id","code");--> statement-breakpoint
CREATE INDEX "orders_store_time" ON "orders" USING btree ("store_id","ordered_at","id");--> statement-breakpoint
CREATE INDEX "orders_store_tab" ON "orders" USING btree ("store_id","tab","ordered_at","id");--> statement-breakpoint
CREATE INDEX "orders_store_changed" ON "orders" USING btree ("store_id","changed_at");--> statement-breakpoint
CREATE INDEX "orders_code" ON "orders" USING btree ("code");--> statement-breakpoint
CREATE INDEX "orders_open" ON "orders" USING btree ("store_id","read_at") WHERE "orders"."tab" <> 'archive';--> statement-breakpoint
CREATE INDEX "orders_no_entries" ON "orders" USING btree ("store_id","read_at") WHERE not "orders"."has_entries";--> statement-breakpoint
INSERT INTO "group_permissions" ("group_id", "permission")
	SELECT "id", 'change_order' FROM "groups" WHERE "built_in" = 'sellers' ON CONFLICT DO NOTHING;
