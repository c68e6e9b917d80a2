ALTER TABLE "products" ADD COLUMN "cost_in_full" integer;--> statement-breakpoint
-- What it is for products with costs is computed with their floors, in the background.
UPDATE "products" SET "cost_floor_until" = now() WHERE "cost" IS NOT NULL;
