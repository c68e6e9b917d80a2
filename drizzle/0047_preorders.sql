CREATE TABLE "preorders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"article" text NOT NULL,
	"name" text NOT NULL,
	"brand" text,
	"price" integer NOT NULL,
	"lead_days" integer NOT NULL,
	"points" jsonb NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"ending" text,
	"why" text,
	"run_id" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"wanted_at" timestamp with time zone,
	"not_before" timestamp with time zone,
	"sending_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"look_at" timestamp with time zone,
	"looks" integer DEFAULT 0 NOT NULL,
	"wish" jsonb,
	"touched" text[] DEFAULT '{}' NOT NULL,
	"before" jsonb,
	"active_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "preorders" ADD CONSTRAINT "preorders_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preorders" ADD CONSTRAINT "preorders_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "preorders_one_open" ON "preorders" USING btree ("store_id","product_id") WHERE "preorders"."status" in ('draft', 'sent', 'active');--> statement-breakpoint
CREATE INDEX "preorders_store" ON "preorders" USING btree ("store_id","status","created_at");--> statement-breakpoint
CREATE INDEX "preorders_product" ON "preorders" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "preorders_wanted" ON "preorders" USING btree ("store_id","wanted_at") WHERE wanted_at is not null;--> statement-breakpoint
CREATE INDEX "preorders_look" ON "preorders" USING btree ("store_id","look_at") WHERE look_at is not null;--> statement-breakpoint
CREATE INDEX "preorders_under_way" ON "preorders" USING btree ("product_id") WHERE sending_at is not null;--> statement-breakpoint
CREATE INDEX "preorders_run" ON "preorders" USING btree ("run_id") WHERE run_id is not null;