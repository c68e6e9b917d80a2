CREATE TABLE "attempts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"mailing_id" integer NOT NULL,
	"run_id" uuid NOT NULL,
	"run_number" integer NOT NULL,
	"trigger_type" text NOT NULL,
	"recipient_id" uuid,
	"email" text NOT NULL,
	"full_name" text NOT NULL,
	"nth" integer NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"smtp_code" integer,
	"server_response" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mailbox_letters" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"body_text" text NOT NULL,
	"body_html" text NOT NULL,
	"headers" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailing_recipients" (
	"mailing_id" integer NOT NULL,
	"recipient_id" uuid NOT NULL,
	CONSTRAINT "mailing_recipients_mailing_id_recipient_id_pk" PRIMARY KEY("mailing_id","recipient_id")
);
--> statement-breakpoint
CREATE TABLE "mailing_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"mailing_id" integer NOT NULL,
	"number" integer NOT NULL,
	"trigger" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"pause_reason" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"started_by" uuid,
	"total" integer NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"unknown" integer DEFAULT 0 NOT NULL,
	"worked_by" uuid,
	"worked_until" timestamp with time zone,
	"subject" text NOT NULL,
	"body_text" text NOT NULL,
	"body_html" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailings" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mailings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"owner_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"to_all" boolean DEFAULT false NOT NULL,
	"first_at" timestamp with time zone,
	"last_at" timestamp with time zone,
	"repeats" text DEFAULT 'none' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"status" text DEFAULT 'created' NOT NULL,
	"next_run_at" timestamp with time zone,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"disabled_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"message_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"body_text" text DEFAULT '' NOT NULL,
	"body_html" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recipients" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"email" text NOT NULL,
	"full_name" text DEFAULT '' NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"unsubscribed_at" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	"bounce_reason" text
);
--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "letters_per_minute" integer DEFAULT 300 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "letters_per_hour" integer DEFAULT 3000 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "failures_to_pause" integer DEFAULT 20 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "mailings_want_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_run_id_mailing_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."mailing_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_recipient_id_recipients_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."recipients"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_mailing_id_mailings_id_fk" FOREIGN KEY ("mailing_id") REFERENCES "public"."mailings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailing_recipients" ADD CONSTRAINT "mailing_recipients_mailing_id_mailings_id_fk" FOREIGN KEY ("mailing_id") REFERENCES "public"."mailings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailing_recipients" ADD CONSTRAINT "mailing_recipients_recipient_id_recipients_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."recipients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_mailing_id_mailings_id_fk" FOREIGN KEY ("mailing_id") REFERENCES "public"."mailings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailing_runs" ADD CONSTRAINT "mailing_runs_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_approved_by_users_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_disabled_by_users_id_fk" FOREIGN KEY ("disabled_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_files" ADD CONSTRAINT "message_files_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipients" ADD CONSTRAINT "recipients_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_recipient" ON "attempts" USING btree ("run_id",lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_nth" ON "attempts" USING btree ("run_id","nth");--> statement-breakpoint
CREATE INDEX "attempts_due" ON "attempts" USING btree ("run_id","next_at","nth") WHERE "attempts"."status" in ('waiting', 'sending');--> statement-breakpoint
CREATE INDEX "attempts_status" ON "attempts" USING btree ("run_id","status","nth");--> statement-breakpoint
CREATE INDEX "attempts_recipient_history" ON "attempts" USING btree ("recipient_id");--> statement-breakpoint
CREATE INDEX "attempts_mailing" ON "attempts" USING btree ("mailing_id");--> statement-breakpoint
CREATE INDEX "mailbox_letters_newest" ON "mailbox_letters" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "mailing_recipients_recipient" ON "mailing_recipients" USING btree ("recipient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mailing_runs_number" ON "mailing_runs" USING btree ("mailing_id","number");--> statement-breakpoint
CREATE INDEX "mailing_runs_at_work" ON "mailing_runs" USING btree ("started_at") WHERE "mailing_runs"."state" = 'running';--> statement-breakpoint
CREATE INDEX "mailings_owner" ON "mailings" USING btree ("owner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "mailings_message" ON "mailings" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "mailings_due" ON "mailings" USING btree ("next_run_at") WHERE "mailings"."status" = 'created';--> statement-breakpoint
CREATE INDEX "message_files_message" ON "message_files" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "messages_newest" ON "messages" USING btree ("owner_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "recipients_email" ON "recipients" USING btree ("owner_id",lower("email"));--> statement-breakpoint
CREATE INDEX "recipients_newest" ON "recipients" USING btree ("owner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "recipients_tags" ON "recipients" USING gin ("tags");