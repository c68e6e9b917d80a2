DROP INDEX "products_store_price";--> statement-breakpoint
DROP INDEX "products_price";--> statement-breakpoint
CREATE INDEX "products_store_price" ON "products" USING btree ("store_id","price" NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "products_price" ON "products" USING btree ("price" NULLS FIRST,"id");