CREATE TABLE "calculations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"texts" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_sources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"name" text,
	"rating" double precision,
	"total" integer,
	"stars" integer[],
	"walks" integer DEFAULT 0 NOT NULL,
	"settled_walk" integer DEFAULT 0 NOT NULL,
	"is_whole" boolean DEFAULT false NOT NULL,
	"last_read_at" timestamp with time zone,
	"next_read_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"error_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_watches" (
	"user_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"run_id" uuid,
	CONSTRAINT "review_watches_user_id_source_id_pk" PRIMARY KEY("user_id","source_id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"source_id" uuid NOT NULL,
	"id" text NOT NULL,
	"card_id" text,
	"card_name" text,
	"merchant_id" text,
	"merchant_name" text,
	"author" text,
	"reviewed_on" date,
	"odd_day" text,
	"rating" smallint,
	"text" text,
	"plus" text,
	"minus" text,
	"pictures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"walk" integer NOT NULL,
	"last_walk" integer NOT NULL,
	"last_page" integer NOT NULL,
	CONSTRAINT "reviews_source_id_id_pk" PRIMARY KEY("source_id","id")
);
--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "sales_per_review" integer DEFAULT 8 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "reviews_read" integer DEFAULT 10000 NOT NULL;--> statement-breakpoint
ALTER TABLE "calculations" ADD CONSTRAINT "calculations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_watches" ADD CONSTRAINT "review_watches_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_watches" ADD CONSTRAINT "review_watches_source_id_review_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."review_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_source_id_review_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."review_sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calculations_user" ON "calculations" USING btree ("user_id","saved_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_sources_code" ON "review_sources" USING btree ("kind","code");--> statement-breakpoint
CREATE INDEX "review_sources_due" ON "review_sources" USING btree ("next_read_at");--> statement-breakpoint
CREATE INDEX "review_watches_source" ON "review_watches" USING btree ("source_id");--> statement-breakpoint
CREATE INDEX "reviews_day" ON "reviews" USING btree ("source_id","reviewed_on" DESC NULLS LAST,"id");