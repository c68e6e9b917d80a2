DROP TABLE "key_failures" CASCADE;--> statement-breakpoint
CREATE TABLE "paces" (
	"who" text PRIMARY KEY NOT NULL,
	"paced_until" timestamp with time zone NOT NULL
);
