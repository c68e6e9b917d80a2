CREATE TABLE "kaspi_channels" (
	"subject_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"last_ok_at" timestamp with time zone,
	"last_failure_at" timestamp with time zone,
	"failure_kind" text,
	"failures_in_row" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "kaspi_channels_subject_id_channel_pk" PRIMARY KEY("subject_id","channel")
);
--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "kaspi_name" text;