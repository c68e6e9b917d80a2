CREATE TABLE "order_gaps" (
	"store_id" uuid NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"orders" integer NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_gaps_store_id_from_at_pk" PRIMARY KEY("store_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "shop_paces" (
	"who" text PRIMARY KEY NOT NULL,
	"next_call_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "orders_code";--> statement-breakpoint
DROP INDEX "order_entries_sku";--> statement-breakpoint
DROP INDEX "orders_no_entries";--> statement-breakpoint
ALTER TABLE "order_entries" ADD COLUMN "entry_id" text;--> statement-breakpoint
ALTER TABLE "order_entries" ADD COLUMN "unit_type" text;--> statement-breakpoint
ALTER TABLE "order_entries" ADD COLUMN "amount" numeric(14, 3) GENERATED ALWAYS AS (case when unit_type is null or unit_type not like 'MEASURABLE%' then quantity
        when weight > 0 then case when abs(unit_price * weight / 1000 - total_price) <= 1 then weight / 1000 end
        when abs(unit_price * quantity - total_price) <= 1 then quantity end) STORED;--> statement-breakpoint
ALTER TABLE "order_reads" ADD COLUMN "begun_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "order_reads" ADD COLUMN "is_legacy" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_reads" ADD COLUMN "linked_among" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "entries_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "left_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "shop_calls_per_exit" double precision DEFAULT 6 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_gaps" ADD CONSTRAINT "order_gaps_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "orders_city" ON "orders" USING btree ("store_id","city_id","city_name");--> statement-breakpoint
CREATE INDEX "order_entries_sku" ON "order_entries" USING btree ("store_id","sku" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_no_entries" ON "orders" USING btree ("store_id","entries_asked_at") WHERE not "orders"."has_entries";--> statement-breakpoint
ALTER TABLE "order_reads" DROP COLUMN "next_call_at";