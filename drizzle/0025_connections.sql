CREATE TABLE "exit_hours" (
	"exit_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"latencies" integer[] NOT NULL,
	CONSTRAINT "exit_hours_exit_id_hour_pk" PRIMARY KEY("exit_id","hour")
);
--> statement-breakpoint
CREATE TABLE "kaspi_circuits" (
	"exit_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"state" text DEFAULT 'closed' NOT NULL,
	"failures_in_row" integer DEFAULT 0 NOT NULL,
	"last_failure" text,
	"opened_at" timestamp with time zone,
	"retry_at" timestamp with time zone,
	"times_opened" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "kaspi_circuits_exit_id_endpoint_pk" PRIMARY KEY("exit_id","endpoint")
);
--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "identity" text;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "for_cabinet" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "rests_in_row" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "failures_in_row" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "dead_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "dead_reason" text;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "next_probe_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "probes_failed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "kaspi_accounts" ADD COLUMN "exit_id" uuid;--> statement-breakpoint
ALTER TABLE "kaspi_channels" ADD COLUMN "failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "official_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "exit_hours" ADD CONSTRAINT "exit_hours_exit_id_exits_id_fk" FOREIGN KEY ("exit_id") REFERENCES "public"."exits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kaspi_circuits" ADD CONSTRAINT "kaspi_circuits_exit_id_exits_id_fk" FOREIGN KEY ("exit_id") REFERENCES "public"."exits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
UPDATE "exits" SET "for_cabinet" = true WHERE "proxy_url" IS NULL;
--> statement-breakpoint
CREATE TABLE "login_breaks" (
	"login" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pending_logins" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"login" text NOT NULL,
	"step" text NOT NULL,
	"channel" text,
	"sent_to" text,
	"merchants" jsonb,
	"state" text NOT NULL,
	"keeps_password" boolean NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"resend_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "kaspi_accounts_user_login";--> statement-breakpoint
ALTER TABLE "kaspi_accounts" ADD COLUMN "chosen_merchant" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "api_token" text;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "api_token_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "pending_logins" ADD CONSTRAINT "pending_logins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pending_logins_user_login" ON "pending_logins" USING btree ("user_id","login");--> statement-breakpoint
CREATE UNIQUE INDEX "kaspi_accounts_user_login_choice" ON "kaspi_accounts" USING btree ("user_id","login","chosen_merchant");--> statement-breakpoint
-- A ban of Kaspi's outlives the upgrade.
INSERT INTO "login_breaks" ("login", "until", "by")
SELECT "login", max("login_blocked_until"), (array_agg("login_blocked_by" ORDER BY "login_blocked_until" DESC))[1]
FROM "kaspi_accounts" WHERE "login_blocked_until" > now() AND "login_blocked_by" IS NOT NULL GROUP BY "login";--> statement-breakpoint
-- Each proxy passes for a browser of its own, as if it had been added by now.
UPDATE "exits" SET "identity" = (ARRAY['windows-chrome-150', 'windows-chrome-149', 'mac-chrome-150', 'windows-chrome-150-kk', 'windows-edge-150', 'mac-chrome-149-kk', 'windows-edge-149'])[1 + proxies.nth % 7]
FROM (SELECT "id", row_number() OVER (ORDER BY "created_at", "id") AS nth FROM "exits" WHERE "proxy_url" IS NOT NULL) proxies
WHERE "exits"."id" = proxies."id";--> statement-breakpoint
ALTER TABLE "kaspi_accounts" DROP COLUMN "login_blocked_until";--> statement-breakpoint
ALTER TABLE "kaspi_accounts" DROP COLUMN "login_blocked_by";
