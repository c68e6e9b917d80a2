ALTER TABLE "review_sources" ADD COLUMN "whole_walk_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "review_sources" ADD COLUMN "settled_bound" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "review_sources" ADD COLUMN "settled_gap" integer;--> statement-breakpoint
ALTER TABLE "review_sources" ADD COLUMN "per_page" integer DEFAULT 200 NOT NULL;--> statement-breakpoint
ALTER TABLE "review_sources" ADD COLUMN "walked_by" text;--> statement-breakpoint
ALTER TABLE "review_sources" ADD COLUMN "walking_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "review_watches" ADD COLUMN "is_watched" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "reviews_card" ON "reviews" USING btree ("source_id","card_id","reviewed_on" DESC NULLS LAST,"id");