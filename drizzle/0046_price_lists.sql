CREATE TABLE "feed_pulls" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"why" text,
	"number" integer,
	"bytes" integer,
	"address" text,
	"agent" text
);
--> statement-breakpoint
CREATE TABLE "feeds" (
	"store_id" uuid PRIMARY KEY NOT NULL,
	"is_on" boolean DEFAULT false NOT NULL,
	"token" text NOT NULL,
	"token_hash" text NOT NULL,
	"basic_hash" text,
	"turned_on_at" timestamp with time zone,
	"turned_on_by" uuid,
	"list_id" uuid,
	"last_pull_at" timestamp with time zone,
	"fetched_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "price_list_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store_id" uuid NOT NULL,
	"list_id" uuid,
	"user_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"blocked_since" timestamp with time zone,
	"file_before" text,
	"file_id" text,
	"kaspi_status" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"rows_known" integer,
	"rows_missing" integer,
	"rows" jsonb
);
--> statement-breakpoint
CREATE TABLE "price_lists" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"made_by" uuid,
	"why" text NOT NULL,
	"rolls_back_to" uuid,
	"offers" integer NOT NULL,
	"errors" integer NOT NULL,
	"warnings" integer NOT NULL,
	"findings" jsonb NOT NULL,
	"hash" text NOT NULL,
	"xml" "bytea" NOT NULL,
	"bytes" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "whole_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "model" text;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "points" jsonb;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "channel" text DEFAULT 'cabinet' NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "list_id" uuid;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "feed_pulls" ADD CONSTRAINT "feed_pulls_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feeds" ADD CONSTRAINT "feeds_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feeds" ADD CONSTRAINT "feeds_list_id_price_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."price_lists"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_list_uploads" ADD CONSTRAINT "price_list_uploads_id_runs_id_fk" FOREIGN KEY ("id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_list_uploads" ADD CONSTRAINT "price_list_uploads_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_list_uploads" ADD CONSTRAINT "price_list_uploads_list_id_price_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."price_lists"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_lists" ADD CONSTRAINT "price_lists_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feed_pulls_store" ON "feed_pulls" USING btree ("store_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "feeds_token" ON "feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "price_list_uploads_store" ON "price_list_uploads" USING btree ("store_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "price_lists_number" ON "price_lists" USING btree ("store_id","number");--> statement-breakpoint
CREATE INDEX "decisions_feed" ON "decisions" USING btree ("store_id","sending_at") WHERE "decisions"."channel" = 'feed';