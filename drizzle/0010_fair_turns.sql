DROP INDEX "product_cities_due";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "waiting_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "product_cities_due" ON "product_cities" USING btree ("store_id","next_check_at","product_id");