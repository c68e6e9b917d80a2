CREATE TABLE "login_leases" (
	"login" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "kaspi_accounts" ADD COLUMN "login_blocked_by" text;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "note" text;