ALTER TABLE "budget_entries" DROP CONSTRAINT "budget_entries_account_id_kaspi_accounts_id_fk";
--> statement-breakpoint
ALTER TABLE "budget_entries" DROP COLUMN "account_id";