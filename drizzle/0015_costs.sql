CREATE TABLE "product_costs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"product_id" uuid NOT NULL,
	"cost" integer,
	"packaging" integer,
	"other" integer,
	"returns" integer,
	"weight_grams" integer,
	"delivery" text,
	"min_profit" integer,
	"min_margin" integer,
	"set_at" timestamp with time zone NOT NULL,
	"set_by" uuid,
	"source" text NOT NULL,
	"superseded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tariffs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid,
	"kind" text NOT NULL,
	"category" text DEFAULT '' NOT NULL,
	"valid_from" date NOT NULL,
	"value" jsonb NOT NULL,
	"source" text,
	"set_at" timestamp with time zone NOT NULL,
	"set_by" uuid,
	CONSTRAINT "tariffs_one_a_day" UNIQUE NULLS NOT DISTINCT("store_id","kind","category","valid_from")
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "cost_floor" integer;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "cost_gaps" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "cost_floor_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "product_costs" ADD CONSTRAINT "product_costs_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariffs" ADD CONSTRAINT "tariffs_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "product_costs_current" ON "product_costs" USING btree ("product_id") WHERE "product_costs"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "product_costs_product" ON "product_costs" USING btree ("product_id","set_at");--> statement-breakpoint
CREATE INDEX "products_cost_floor_due" ON "products" USING btree ("cost_floor_until");