CREATE TABLE "ledger_checkpoints" (
	"store_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	"moved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "price_answers" (
	"product_id" uuid NOT NULL,
	"city_id" text NOT NULL,
	"answer" text NOT NULL,
	"price" integer NOT NULL,
	"price_before" integer,
	"answered_by" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "price_answers_product_id_city_id_pk" PRIMARY KEY("product_id","city_id")
);
--> statement-breakpoint
CREATE TABLE "price_holds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"scope" text,
	"run_id" uuid,
	"wide_change_id" uuid,
	"changes" integer DEFAULT 0 NOT NULL,
	"drops" integer DEFAULT 0 NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by" uuid
);
--> statement-breakpoint
CREATE TABLE "undo_items" (
	"run_id" uuid NOT NULL,
	"undone_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"city_id" text NOT NULL,
	"outcome" text NOT NULL,
	"why" text,
	"decision_id" uuid,
	"has_locked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "undo_items_run_id_undone_id_pk" PRIMARY KEY("run_id","undone_id")
);
--> statement-breakpoint
CREATE TABLE "wide_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"what" text NOT NULL,
	"subject" text NOT NULL,
	"products" integer NOT NULL,
	"changed_by" uuid,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
DROP INDEX "decisions_open";--> statement-breakpoint
DROP INDEX "decisions_unsent";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "hold_id" uuid;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "canary_of" uuid;--> statement-breakpoint
ALTER TABLE "pricing_runs" ADD COLUMN "undoes" uuid;--> statement-breakpoint
ALTER TABLE "pricing_runs" ADD COLUMN "requested_by" uuid;--> statement-breakpoint
ALTER TABLE "ledger_checkpoints" ADD CONSTRAINT "ledger_checkpoints_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_answers" ADD CONSTRAINT "price_answers_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_holds" ADD CONSTRAINT "price_holds_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undo_items" ADD CONSTRAINT "undo_items_run_id_pricing_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pricing_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undo_items" ADD CONSTRAINT "undo_items_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wide_changes" ADD CONSTRAINT "wide_changes_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "price_holds_one_open" ON "price_holds" USING btree ("store_id","kind") WHERE "price_holds"."answer" is null;--> statement-breakpoint
CREATE INDEX "undo_items_product" ON "undo_items" USING btree ("product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "wide_changes_one_open" ON "wide_changes" USING btree ("store_id") WHERE "wide_changes"."state" in ('open', 'failed');--> statement-breakpoint
CREATE INDEX "wide_changes_subject" ON "wide_changes" USING btree ("store_id","what","subject");--> statement-breakpoint
CREATE INDEX "decisions_held" ON "decisions" USING btree ("hold_id","seq") WHERE "decisions"."state" = 'held';--> statement-breakpoint
CREATE INDEX "decisions_canary" ON "decisions" USING btree ("canary_of") WHERE "decisions"."canary_of" is not null;--> statement-breakpoint
CREATE INDEX "pricing_runs_undoes" ON "pricing_runs" USING btree ("undoes") WHERE "pricing_runs"."undoes" is not null;--> statement-breakpoint
CREATE INDEX "decisions_open" ON "decisions" USING btree ("store_id","state","decided_at") WHERE "decisions"."state" in ('pending', 'sending', 'sent', 'frozen', 'held');--> statement-breakpoint
CREATE INDEX "decisions_unsent" ON "decisions" USING btree ("product_id","city_id") WHERE "decisions"."state" in ('pending', 'frozen', 'held');