ALTER TABLE "kaspi_sessions" ADD COLUMN "is_renewal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "login_breaks" ADD COLUMN "times" integer DEFAULT 1 NOT NULL;