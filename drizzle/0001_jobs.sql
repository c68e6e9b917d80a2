CREATE SCHEMA "jobs";
--> statement-breakpoint
CREATE TABLE "jobs"."job" (
	"id" text PRIMARY KEY NOT NULL,
	"cron" text,
	"time_zone" text,
	"next_at" timestamp with time zone,
	"registered_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs"."event" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"name" text NOT NULL,
	"data" jsonb NOT NULL,
	"handled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "jobs"."queue" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"job" text NOT NULL,
	"step_id" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"concurrency_keys" text[] NOT NULL,
	"owner" uuid,
	"lease_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "jobs"."run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"job" text NOT NULL,
	"event" jsonb NOT NULL,
	"state" text NOT NULL,
	"concurrency_keys" text[] NOT NULL,
	"singleton_key" text,
	"idempotency_key" text,
	"queued_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"deadline" timestamp with time zone,
	"result" json,
	"error" json
);
--> statement-breakpoint
CREATE TABLE "jobs"."step" (
	"run_id" uuid NOT NULL,
	"id" text NOT NULL,
	"seq" bigserial NOT NULL,
	"name" text NOT NULL,
	"memo" json NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	CONSTRAINT "step_run_id_id_pk" PRIMARY KEY("run_id","id")
);
--> statement-breakpoint
CREATE TABLE "jobs"."throttle" (
	"key" text PRIMARY KEY NOT NULL,
	"exhausted_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs"."wait" (
	"run_id" uuid NOT NULL,
	"step_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"event_name" text,
	"match_path" text,
	"match_value" jsonb,
	"child_run_id" uuid,
	CONSTRAINT "wait_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);
--> statement-breakpoint
ALTER TABLE "jobs"."queue" ADD CONSTRAINT "queue_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "jobs"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs"."step" ADD CONSTRAINT "step_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "jobs"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs"."wait" ADD CONSTRAINT "wait_run_id_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "jobs"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_pending" ON "jobs"."event" USING btree ("seq") WHERE "jobs"."event"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "event_handled" ON "jobs"."event" USING btree ("handled_at");--> statement-breakpoint
CREATE UNIQUE INDEX "queue_step" ON "jobs"."queue" USING btree ("run_id","step_id");--> statement-breakpoint
CREATE INDEX "queue_due" ON "jobs"."queue" USING btree ("due_at","id") WHERE "jobs"."queue"."owner" is null;--> statement-breakpoint
CREATE INDEX "queue_leased" ON "jobs"."queue" USING btree ("lease_until") WHERE "jobs"."queue"."owner" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "run_singleton" ON "jobs"."run" USING btree ("singleton_key") WHERE "jobs"."run"."state" in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "run_idempotency" ON "jobs"."run" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "run_history" ON "jobs"."run" USING btree ("job","state","finished_at");--> statement-breakpoint
CREATE INDEX "run_finished" ON "jobs"."run" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "run_deadline" ON "jobs"."run" USING btree ("deadline") WHERE "jobs"."run"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "wait_due" ON "jobs"."wait" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "wait_event" ON "jobs"."wait" USING btree ("event_name") WHERE "jobs"."wait"."event_name" is not null;--> statement-breakpoint
CREATE INDEX "wait_child" ON "jobs"."wait" USING btree ("child_run_id") WHERE "jobs"."wait"."child_run_id" is not null;