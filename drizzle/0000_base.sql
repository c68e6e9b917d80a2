CREATE TABLE "exits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"proxy_url" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"reads_per_second" double precision DEFAULT 8 NOT NULL,
	"next_slot_at" timestamp with time zone,
	"resting_until" timestamp with time zone,
	"rest_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kaspi_accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"login" text NOT NULL,
	"password" text,
	"session" text DEFAULT 'unknown' NOT NULL,
	"reauth_reason" text,
	"last_login_at" timestamp with time zone,
	"last_checked_at" timestamp with time zone,
	"login_blocked_until" timestamp with time zone,
	"login_locked_until" timestamp with time zone,
	"next_read_slot_at" timestamp with time zone,
	"next_write_slot_at" timestamp with time zone,
	"writes_blocked_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kaspi_sessions" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"cookies" text NOT NULL,
	"method" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pickup_points" (
	"store_id" uuid NOT NULL,
	"point_id" text NOT NULL,
	"label" text NOT NULL,
	"city_id" text NOT NULL,
	"city_name" text NOT NULL,
	"is_active" boolean NOT NULL,
	CONSTRAINT "pickup_points_store_id_point_id_pk" PRIMARY KEY("store_id","point_id")
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" uuid,
	"merchant_id" text NOT NULL,
	"name" text NOT NULL,
	"main_city_id" text,
	"rule" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"claimed_at" timestamp with time zone,
	"archived_at" timestamp with time zone,
	"sending_stopped_at" timestamp with time zone,
	"sending_stopped_by" uuid,
	"products_count" integer DEFAULT 0 NOT NULL,
	"last_sync_at" timestamp with time zone,
	"next_sync_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_cities" (
	"product_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"city_id" text NOT NULL,
	"price" integer,
	"place" integer,
	"places_total" integer,
	"rivals_count" integer,
	"best_rival_price" integer,
	"observation_id" uuid,
	"observed_at" timestamp with time zone,
	"last_checked_at" timestamp with time zone,
	"next_check_at" timestamp with time zone NOT NULL,
	"place_changed_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_decision_id" uuid,
	CONSTRAINT "product_cities_product_id_city_id_pk" PRIMARY KEY("product_id","city_id")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"sku" text NOT NULL,
	"card_id" text,
	"offer_id" text,
	"name" text NOT NULL,
	"brand" text,
	"category" text,
	"image_url" text,
	"shop_path" text,
	"price" integer,
	"stock" integer,
	"on_sale" boolean NOT NULL,
	"gone_at" timestamp with time zone,
	"seen_at" timestamp with time zone NOT NULL,
	"bot_enabled" boolean DEFAULT false NOT NULL,
	"floor" integer,
	"ceiling" integer,
	"anchor" integer,
	"manual_lock" boolean DEFAULT false NOT NULL,
	"rule" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "budget_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"decision_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"city_id" text NOT NULL,
	"run_id" uuid,
	"origin" text NOT NULL,
	"actor_id" uuid,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"trail" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"price_before" integer,
	"price" integer,
	"observation_id" uuid,
	"inputs" text NOT NULL,
	"inputs_hash" text NOT NULL,
	"rules_version" integer NOT NULL,
	"seq" bigint NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"dry_run" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"state_params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"not_before" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"sending_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"confirm_at" timestamp with time zone,
	"confirm_reads" integer DEFAULT 0 NOT NULL,
	"kaspi_process_id" text
);
--> statement-breakpoint
CREATE TABLE "ledger_heads" (
	"store_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "market_observations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"card_id" text NOT NULL,
	"city_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"offers" jsonb NOT NULL,
	"total" integer NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pricing_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"store_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"dry_run" boolean DEFAULT false NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"checked" integer DEFAULT 0 NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	"unread" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"user_id" uuid,
	"store_id" uuid,
	"action" text NOT NULL,
	"subject_id" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_failures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"severity" text NOT NULL,
	"user_id" uuid,
	"store_id" uuid,
	"params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"store_id" uuid,
	"user_id" uuid,
	"status" text DEFAULT 'queued' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"can_view_all_stores" boolean DEFAULT false NOT NULL,
	"locale" text DEFAULT 'ru' NOT NULL,
	"session_version" integer DEFAULT 1 NOT NULL,
	"last_login_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"kaspi" text NOT NULL,
	"time_zone" text DEFAULT 'Asia/Almaty' NOT NULL,
	"sync_every_minutes" integer DEFAULT 360 NOT NULL,
	"session_check_every_minutes" integer DEFAULT 30 NOT NULL,
	"writes_per_second" double precision DEFAULT 1.5 NOT NULL,
	"writes_per_window" integer DEFAULT 250 NOT NULL,
	"write_window_minutes" integer DEFAULT 30 NOT NULL,
	"cabinet_reads_per_second" double precision DEFAULT 5 NOT NULL,
	"sending_stopped_at" timestamp with time zone,
	"sending_stopped_by" uuid,
	"setup_token_hash" text,
	"setup_token_expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspace_single_row" CHECK ("workspace"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "kaspi_accounts" ADD CONSTRAINT "kaspi_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kaspi_sessions" ADD CONSTRAINT "kaspi_sessions_account_id_kaspi_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."kaspi_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pickup_points" ADD CONSTRAINT "pickup_points_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stores" ADD CONSTRAINT "stores_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stores" ADD CONSTRAINT "stores_account_id_kaspi_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."kaspi_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_cities" ADD CONSTRAINT "product_cities_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_cities" ADD CONSTRAINT "product_cities_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_entries" ADD CONSTRAINT "budget_entries_account_id_kaspi_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."kaspi_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_run_id_pricing_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pricing_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_heads" ADD CONSTRAINT "ledger_heads_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pricing_runs" ADD CONSTRAINT "pricing_runs_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "kaspi_accounts_user_login" ON "kaspi_accounts" USING btree ("user_id",lower("login"));--> statement-breakpoint
CREATE UNIQUE INDEX "stores_claimed_merchant" ON "stores" USING btree ("merchant_id") WHERE "stores"."claimed_at" is not null and "stores"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "stores_user_merchant" ON "stores" USING btree ("user_id","merchant_id");--> statement-breakpoint
CREATE INDEX "stores_account" ON "stores" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "product_cities_due" ON "product_cities" USING btree ("store_id","next_check_at");--> statement-breakpoint
CREATE UNIQUE INDEX "products_store_sku" ON "products" USING btree ("store_id","sku");--> statement-breakpoint
CREATE INDEX "products_store_name" ON "products" USING btree ("store_id","name","id");--> statement-breakpoint
CREATE INDEX "products_store_price" ON "products" USING btree ("store_id","price","id");--> statement-breakpoint
CREATE INDEX "products_card" ON "products" USING btree ("card_id");--> statement-breakpoint
CREATE INDEX "products_bot" ON "products" USING btree ("store_id") WHERE "products"."bot_enabled";--> statement-breakpoint
CREATE INDEX "budget_entries_window" ON "budget_entries" USING btree ("account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_ledger" ON "decisions" USING btree ("store_id","seq");--> statement-breakpoint
CREATE INDEX "decisions_product" ON "decisions" USING btree ("product_id","decided_at");--> statement-breakpoint
CREATE INDEX "decisions_run" ON "decisions" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "decisions_open" ON "decisions" USING btree ("store_id","state","decided_at") WHERE "decisions"."state" in ('pending', 'sending', 'sent', 'frozen');--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_in_flight" ON "decisions" USING btree ("product_id","city_id") WHERE "decisions"."state" in ('sending', 'sent');--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_pending" ON "decisions" USING btree ("product_id","city_id") WHERE "decisions"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "market_observations_card" ON "market_observations" USING btree ("card_id","city_id","last_seen_at");--> statement-breakpoint
CREATE INDEX "pricing_runs_store" ON "pricing_runs" USING btree ("store_id","started_at");--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_log_store" ON "audit_log" USING btree ("store_id","at");--> statement-breakpoint
CREATE INDEX "login_failures_email" ON "login_failures" USING btree ("email","at");--> statement-breakpoint
CREATE INDEX "login_failures_address" ON "login_failures" USING btree ("address","at");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_open_key" ON "notices" USING btree ("key") WHERE "notices"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "notices_user" ON "notices" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "runs_store" ON "runs" USING btree ("store_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_unique" ON "users" USING btree (lower("email"));