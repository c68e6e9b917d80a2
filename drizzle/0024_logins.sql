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
CREATE UNIQUE INDEX "kaspi_accounts_user_login_choice" ON "kaspi_accounts" USING btree ("user_id","login","chosen_merchant");