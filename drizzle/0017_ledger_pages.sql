CREATE TABLE "merchants" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "rival_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "rival_prices" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "decisions_time" ON "decisions" USING btree ("store_id","decided_at","seq","kind","reason","state","origin","dry_run");