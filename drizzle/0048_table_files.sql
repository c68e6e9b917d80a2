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
ALTER TABLE "product_stocks" ADD CONSTRAINT "product_stocks_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_stocks" ADD CONSTRAINT "product_stocks_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_export_parts" ADD CONSTRAINT "table_export_parts_export_id_table_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."table_exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_exports" ADD CONSTRAINT "table_exports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_exports" ADD CONSTRAINT "table_exports_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_import_changes" ADD CONSTRAINT "table_import_changes_import_id_table_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."table_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_import_changes" ADD CONSTRAINT "table_import_changes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_imports" ADD CONSTRAINT "table_imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "table_imports" ADD CONSTRAINT "table_imports_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "product_stocks_store" ON "product_stocks" USING btree ("store_id","point_id");--> statement-breakpoint
CREATE INDEX "table_exports_user" ON "table_exports" USING btree ("user_id","taken_at");--> statement-breakpoint
CREATE INDEX "table_exports_taken" ON "table_exports" USING btree ("taken_at");--> statement-breakpoint
CREATE INDEX "table_import_changes_kind" ON "table_import_changes" USING btree ("import_id","kind","nth");--> statement-breakpoint
CREATE INDEX "table_import_changes_product" ON "table_import_changes" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "table_imports_user" ON "table_imports" USING btree ("user_id","seen_at");--> statement-breakpoint
CREATE INDEX "table_imports_seen" ON "table_imports" USING btree ("seen_at");