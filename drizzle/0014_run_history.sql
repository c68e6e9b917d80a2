DROP INDEX "jobs"."queue_due";--> statement-breakpoint
ALTER TABLE "jobs"."job" ADD COLUMN "last_success_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "jobs"."queue" ADD COLUMN "last_error" json;--> statement-breakpoint
ALTER TABLE "jobs"."run" ADD COLUMN "subject" uuid GENERATED ALWAYS AS (case when coalesce(event #>> '{data,storeId}', event #>> '{data,accountId}', event #>> '{data,runId}') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (coalesce(event #>> '{data,storeId}', event #>> '{data,accountId}', event #>> '{data,runId}'))::uuid end) STORED;--> statement-breakpoint
ALTER TABLE "jobs"."run" ADD COLUMN "progress_id" uuid GENERATED ALWAYS AS (case when event #>> '{data,runId}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (event #>> '{data,runId}')::uuid end) STORED;--> statement-breakpoint
ALTER TABLE "jobs"."run" ADD COLUMN "retry_of" uuid GENERATED ALWAYS AS (case when substring(event ->> 'id' from '^(.*):retry$') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (substring(event ->> 'id' from '^(.*):retry$'))::uuid end) STORED;--> statement-breakpoint
CREATE INDEX "queue_keys" ON "jobs"."queue" USING btree ("job","concurrency_keys","due_at","id") WHERE "jobs"."queue"."owner" is null;--> statement-breakpoint
CREATE INDEX "run_retry" ON "jobs"."run" USING btree ("retry_of") WHERE "jobs"."run"."retry_of" is not null;--> statement-breakpoint
CREATE INDEX "run_open" ON "jobs"."run" USING btree ("state","queued_at") WHERE "jobs"."run"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "run_queued" ON "jobs"."run" USING btree ("queued_at");--> statement-breakpoint
CREATE INDEX "run_progress" ON "jobs"."run" USING btree ("progress_id") WHERE "jobs"."run"."progress_id" is not null;--> statement-breakpoint
CREATE INDEX "run_subject" ON "jobs"."run" USING btree ("subject","queued_at") WHERE "jobs"."run"."subject" is not null;--> statement-breakpoint
CREATE INDEX "queue_due" ON "jobs"."queue" USING btree ("job","due_at","id") WHERE "jobs"."queue"."owner" is null;--> statement-breakpoint
UPDATE "jobs"."job" SET "last_success_at" = (SELECT max("finished_at") FROM "jobs"."run" WHERE "run"."job" = "job"."id" AND "state" = 'completed') WHERE "cron" IS NOT NULL;--> statement-breakpoint
-- Rows live for seconds: dead ones must go long before they are a fifth of the table.
ALTER TABLE "jobs"."queue" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "jobs"."event" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
