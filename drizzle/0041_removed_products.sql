ALTER TABLE "products" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "products_price" ON "products" USING btree ("price","id");