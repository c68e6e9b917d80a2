DROP INDEX "audit_log_store";--> statement-breakpoint
CREATE INDEX "audit_log_store" ON "audit_log" USING btree ("store_id","action","at");