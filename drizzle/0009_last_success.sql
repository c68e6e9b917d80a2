ALTER TABLE "jobs"."job" ADD COLUMN "last_success_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "run_progress" ON "jobs"."run" USING btree ("progress_id") WHERE "jobs"."run"."progress_id" is not null;--> statement-breakpoint
UPDATE "jobs"."job" SET "last_success_at" = (SELECT max("finished_at") FROM "jobs"."run" WHERE "run"."job" = "job"."id" AND "state" = 'completed') WHERE "cron" IS NOT NULL;
