CREATE TABLE "kaspi_logins" (
	"login" text PRIMARY KEY NOT NULL,
	"next_read_slot_at" timestamp with time zone,
	"next_write_slot_at" timestamp with time zone,
	"writes_blocked_until" timestamp with time zone
);
--> statement-breakpoint
-- What several accounts of one login have met with, each by itself, is the login's: the longest pause holds.
INSERT INTO "kaspi_logins" ("login", "next_read_slot_at", "next_write_slot_at", "writes_blocked_until")
SELECT "login", max("next_read_slot_at"), max("next_write_slot_at"), max("writes_blocked_until")
FROM "kaspi_accounts" GROUP BY "login";--> statement-breakpoint
DROP INDEX "budget_entries_window";--> statement-breakpoint
ALTER TABLE "budget_entries" ADD COLUMN "login" text;--> statement-breakpoint
UPDATE "budget_entries" SET "login" = "kaspi_accounts"."login"
FROM "kaspi_accounts" WHERE "kaspi_accounts"."id" = "budget_entries"."account_id";--> statement-breakpoint
ALTER TABLE "budget_entries" ALTER COLUMN "login" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "kaspi_accounts" ADD CONSTRAINT "kaspi_accounts_login_kaspi_logins_login_fk" FOREIGN KEY ("login") REFERENCES "public"."kaspi_logins"("login") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_entries" ADD CONSTRAINT "budget_entries_login_kaspi_logins_login_fk" FOREIGN KEY ("login") REFERENCES "public"."kaspi_logins"("login") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_entries_window" ON "budget_entries" USING btree ("login","at");--> statement-breakpoint
ALTER TABLE "kaspi_accounts" DROP COLUMN "next_read_slot_at";--> statement-breakpoint
ALTER TABLE "kaspi_accounts" DROP COLUMN "next_write_slot_at";--> statement-breakpoint
ALTER TABLE "kaspi_accounts" DROP COLUMN "writes_blocked_until";
