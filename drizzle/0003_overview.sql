CREATE TABLE "place_snapshots" (
	"store_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"ranked" integer NOT NULL,
	"first" integer NOT NULL,
	CONSTRAINT "place_snapshots_store_id_hour_pk" PRIMARY KEY("store_id","hour")
);
--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "place_before" integer;--> statement-breakpoint
ALTER TABLE "place_snapshots" ADD CONSTRAINT "place_snapshots_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_changes" ON "decisions" USING btree ("store_id","decided_at","sent_at","confirmed_at","state") WHERE "decisions"."kind" = 'change' and not "decisions"."dry_run";