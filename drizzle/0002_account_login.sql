DROP INDEX "kaspi_accounts_user_login";--> statement-breakpoint
CREATE UNIQUE INDEX "kaspi_accounts_user_login" ON "kaspi_accounts" USING btree ("user_id","login");