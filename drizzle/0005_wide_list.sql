CREATE TABLE "bulk_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"change" jsonb NOT NULL,
	"confirmed" boolean DEFAULT false NOT NULL,
	"undoes" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulk_items" (
	"bulk_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"why" text,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "bulk_items_bulk_id_product_id_pk" PRIMARY KEY("bulk_id","product_id")
);
--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "last_reason" text;--> statement-breakpoint
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_id_runs_id_fk" FOREIGN KEY ("id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_bulk_id_bulk_changes_id_fk" FOREIGN KEY ("bulk_id") REFERENCES "public"."bulk_changes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_changes_user" ON "bulk_changes" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "bulk_changes_undoes" ON "bulk_changes" USING btree ("undoes");--> statement-breakpoint
CREATE INDEX "bulk_items_state" ON "bulk_items" USING btree ("bulk_id","state","product_id");--> statement-breakpoint
CREATE INDEX "bulk_items_product" ON "bulk_items" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "product_cities_reason" ON "product_cities" USING btree ("store_id","last_reason");--> statement-breakpoint
CREATE INDEX "products_name" ON "products" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "decisions_attention" ON "decisions" USING btree ("id") WHERE "decisions"."state" in ('frozen', 'rejected', 'refused');--> statement-breakpoint
UPDATE "product_cities" SET "last_reason" = "decisions"."reason" FROM "decisions" WHERE "decisions"."id" = "product_cities"."last_decision_id";
