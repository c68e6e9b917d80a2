CREATE TABLE "price_wars" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"city_id" text NOT NULL,
	"rival_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"last_cut_at" timestamp with time zone NOT NULL,
	"last_cut_by" text NOT NULL,
	"rounds" integer NOT NULL,
	"price_before" integer NOT NULL,
	"price" integer NOT NULL,
	"rival_price" integer NOT NULL,
	"ended_at" timestamp with time zone,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"rule_before" jsonb,
	"rule_after" jsonb
);
--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "lead_by" text DEFAULT 'stock' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "lead_order" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "followers" text DEFAULT 'behind' NOT NULL;--> statement-breakpoint
ALTER TABLE "price_wars" ADD CONSTRAINT "price_wars_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_wars" ADD CONSTRAINT "price_wars_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "price_wars_one_open" ON "price_wars" USING btree ("product_id","city_id") WHERE "price_wars"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "price_wars_open" ON "price_wars" USING btree ("store_id") WHERE "price_wars"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "price_wars_product" ON "price_wars" USING btree ("product_id","started_at");--> statement-breakpoint
CREATE INDEX "price_wars_ended" ON "price_wars" USING btree ("ended_at");