CREATE TABLE "sync_pages" (
	"run_id" uuid NOT NULL,
	"product_ids" uuid[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sync_pages" ADD CONSTRAINT "sync_pages_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sync_pages_run" ON "sync_pages" USING btree ("run_id");--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "seen_at";