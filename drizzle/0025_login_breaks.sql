ALTER TABLE "kaspi_accounts" DROP COLUMN "login_blocked_until";--> statement-breakpoint
ALTER TABLE "kaspi_accounts" DROP COLUMN "login_blocked_by";