ALTER TABLE "kaspi_circuits" ADD COLUMN "failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "kaspi_circuits" ADD COLUMN "answered_at" timestamp with time zone;