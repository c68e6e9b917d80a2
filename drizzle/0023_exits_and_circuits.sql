CREATE TABLE "exit_hours" (
	"exit_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"latencies" integer[] NOT NULL,
	CONSTRAINT "exit_hours_exit_id_hour_pk" PRIMARY KEY("exit_id","hour")
);
--> statement-breakpoint
CREATE TABLE "kaspi_circuits" (
	"exit_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"state" text DEFAULT 'closed' NOT NULL,
	"failures_in_row" integer DEFAULT 0 NOT NULL,
	"last_failure" text,
	"opened_at" timestamp with time zone,
	"retry_at" timestamp with time zone,
	"times_opened" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "kaspi_circuits_exit_id_endpoint_pk" PRIMARY KEY("exit_id","endpoint")
);
--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "identity" text;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "for_cabinet" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "rests_in_row" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "failures_in_row" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "dead_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "dead_reason" text;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "next_probe_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exits" ADD COLUMN "probes_failed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "kaspi_accounts" ADD COLUMN "exit_id" uuid;--> statement-breakpoint
ALTER TABLE "kaspi_channels" ADD COLUMN "failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "official_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "exit_hours" ADD CONSTRAINT "exit_hours_exit_id_exits_id_fk" FOREIGN KEY ("exit_id") REFERENCES "public"."exits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kaspi_circuits" ADD CONSTRAINT "kaspi_circuits_exit_id_exits_id_fk" FOREIGN KEY ("exit_id") REFERENCES "public"."exits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
UPDATE "exits" SET "for_cabinet" = true WHERE "proxy_url" IS NULL;
