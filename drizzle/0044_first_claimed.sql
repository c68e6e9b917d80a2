ALTER TABLE "stores" ADD COLUMN "first_claimed_at" timestamp with time zone;--> statement-breakpoint
-- Of a store added again in the place of a disconnected one only the audit knows that it was ever claimed.
UPDATE "stores" SET "first_claimed_at" = coalesce("claimed_at", (
	SELECT min("at") FROM "audit_log"
	WHERE "store_id" = "stores"."id" AND "action" IN ('store.connected', 'store.reconnected')
));
