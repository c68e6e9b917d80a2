DROP INDEX "jobs"."queue_due";--> statement-breakpoint
CREATE INDEX "queue_keys" ON "jobs"."queue" USING btree ("job","concurrency_keys","due_at","id") WHERE "jobs"."queue"."owner" is null;--> statement-breakpoint
CREATE INDEX "queue_due" ON "jobs"."queue" USING btree ("job","due_at","id") WHERE "jobs"."queue"."owner" is null;--> statement-breakpoint
-- Rows live for seconds: dead ones must go long before they are a fifth of the table.
ALTER TABLE "jobs"."queue" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "jobs"."event" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
