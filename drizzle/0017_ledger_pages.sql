CREATE TABLE "merchants" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "rival_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "product_cities" ADD COLUMN "rival_prices" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "decisions_time" ON "decisions" USING btree ("store_id","decided_at","seq","kind","reason","state","origin","dry_run");--> statement-breakpoint
-- The rivals of what was seen before 0017_ledger_pages, and their names.
INSERT INTO "merchants" ("id", "name")
SELECT DISTINCT ON (offer ->> 'merchantId') offer ->> 'merchantId', offer ->> 'merchantName'
FROM "product_cities" c
JOIN "market_observations" o ON o."id" = c."observation_id"
CROSS JOIN LATERAL jsonb_array_elements(o."offers") AS offer
ORDER BY offer ->> 'merchantId', o."last_seen_at" DESC
ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "product_cities" c SET "rival_ids" = seen.ids, "rival_prices" = seen.prices
FROM (
	SELECT o."id", array_agg(offer ->> 'merchantId' ORDER BY nth) AS ids,
		array_agg((offer ->> 'price')::integer ORDER BY nth) AS prices
	FROM "market_observations" o
	CROSS JOIN LATERAL jsonb_array_elements(o."offers") WITH ORDINALITY AS listed(offer, nth)
	WHERE offer ->> 'merchantId' NOT IN (SELECT "merchant_id" FROM "stores" WHERE "claimed_at" IS NOT NULL)
	GROUP BY o."id"
) seen
WHERE seen."id" = c."observation_id";
