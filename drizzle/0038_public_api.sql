CREATE TABLE "api_answers" (
	"user_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_answered" boolean DEFAULT false NOT NULL,
	"status" integer,
	"body" text,
	"headers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "api_answers_user_id_operation_key_pk" PRIMARY KEY("user_id","operation","key")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "per_second" integer;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "key_id" uuid;--> statement-breakpoint
ALTER TABLE "api_answers" ADD CONSTRAINT "api_answers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_answers_at" ON "api_answers" USING btree ("at");