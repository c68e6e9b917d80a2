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
	"fetched_at" timestamp with time zone,
	"held_since" timestamp with time zone,
	"held_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "preorders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"article" text NOT NULL,
	"name" text NOT NULL,
	"brand" text,
	"price" integer NOT NULL,
	"price_typed" boolean DEFAULT false NOT NULL,
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
	"held_at" timestamp with time zone,
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
	"offers" integer NOT NULL,
	"errors" integer NOT NULL,
	"warnings" integer NOT NULL,
	"findings" jsonb NOT NULL,
	"hash" text NOT NULL,
	"xml" "bytea" NOT NULL,
	"bytes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_stocks" (
	"product_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"point_id" text NOT NULL,
	"count" integer NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"set_by" uuid,
	CONSTRAINT "product_stocks_product_id_point_id_pk" PRIMARY KEY("product_id","point_id"),
	CONSTRAINT "product_stocks_count" CHECK ("product_stocks"."count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "table_export_parts" (
	"export_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "table_export_parts_export_id_nth_pk" PRIMARY KEY("export_id","nth")
);
--> statement-breakpoint
CREATE TABLE "table_exports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"store_id" uuid,
	"columns" text[] NOT NULL,
	"taken_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "table_import_changes" (
	"import_id" uuid NOT NULL,
	"nth" integer NOT NULL,
	"line" integer NOT NULL,
	"article" text NOT NULL,
	"product_id" uuid,
	"field" text,
	"kind" text NOT NULL,
	"why" text,
	"is_doubtful" boolean DEFAULT false NOT NULL,
	"is_taken" boolean DEFAULT false NOT NULL,
	"base" jsonb,
	"before" jsonb,
	"after" jsonb,
	"is_left" boolean DEFAULT false NOT NULL,
	CONSTRAINT "table_import_changes_import_id_nth_pk" PRIMARY KEY("import_id","nth")
);
--> statement-breakpoint
CREATE TABLE "table_imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"store_id" uuid,
	"file_name" text NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'seen' NOT NULL,
	"lines" integer NOT NULL,
	"error_lines" integer NOT NULL,
	"remarks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"worst" jsonb,
	"seen_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	"undone_at" timestamp with time zone
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
ALTER TABLE "preorders" ADD CONSTRAINT "preorders_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preorders" ADD CONSTRAINT "preorders_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_list_uploads" ADD CONSTRAINT "price_list_uploads_id_runs_id_fk" FOREIGN KEY ("id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_list_uploads" ADD CONSTRAINT "price_list_uploads_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_list_uploads" ADD CONSTRAINT "price_list_uploads_list_id_price_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."price_lists"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_lists" ADD CONSTRAINT "price_lists_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_stocks" ADD CONSTRAINT "product_stocks_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_stocks" ADD CONSTRAINT "product_stocks_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_export_parts" ADD CONSTRAINT "table_export_parts_export_id_table_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."table_exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_exports" ADD CONSTRAINT "table_exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_exports" ADD CONSTRAINT "table_exports_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_import_changes" ADD CONSTRAINT "table_import_changes_import_id_table_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."table_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_import_changes" ADD CONSTRAINT "table_import_changes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_imports" ADD CONSTRAINT "table_imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_imports" ADD CONSTRAINT "table_imports_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feed_pulls_store" ON "feed_pulls" USING btree ("store_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "feeds_token" ON "feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "preorders_one_open" ON "preorders" USING btree ("store_id","product_id") WHERE "preorders"."status" in ('draft', 'sent', 'active');--> statement-breakpoint
CREATE INDEX "preorders_store" ON "preorders" USING btree ("store_id","status","created_at");--> statement-breakpoint
CREATE INDEX "preorders_product" ON "preorders" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "preorders_wanted" ON "preorders" USING btree ("store_id","wanted_at") WHERE wanted_at is not null;--> statement-breakpoint
CREATE INDEX "preorders_look" ON "preorders" USING btree ("store_id","look_at") WHERE look_at is not null;--> statement-breakpoint
CREATE INDEX "preorders_under_way" ON "preorders" USING btree ("product_id") WHERE sending_at is not null;--> statement-breakpoint
CREATE INDEX "preorders_run" ON "preorders" USING btree ("run_id") WHERE run_id is not null;--> statement-breakpoint
CREATE INDEX "price_list_uploads_store" ON "price_list_uploads" USING btree ("store_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "price_lists_number" ON "price_lists" USING btree ("store_id","number");--> statement-breakpoint
CREATE INDEX "product_stocks_store" ON "product_stocks" USING btree ("store_id","point_id");--> statement-breakpoint
CREATE INDEX "table_exports_user" ON "table_exports" USING btree ("user_id","taken_at");--> statement-breakpoint
CREATE INDEX "table_exports_taken" ON "table_exports" USING btree ("taken_at");--> statement-breakpoint
CREATE INDEX "table_import_changes_kind" ON "table_import_changes" USING btree ("import_id","kind","nth");--> statement-breakpoint
CREATE INDEX "table_import_changes_product" ON "table_import_changes" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "table_imports_user" ON "table_imports" USING btree ("user_id","seen_at");--> statement-breakpoint
CREATE INDEX "table_imports_seen" ON "table_imports" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "decisions_feed" ON "decisions" USING btree ("store_id","sending_at") WHERE "decisions"."channel" = 'feed';