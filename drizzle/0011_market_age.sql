DROP INDEX "market_observations_card";--> statement-breakpoint
CREATE INDEX "market_observations_age" ON "market_observations" USING btree ("first_seen_at");--> statement-breakpoint
CREATE INDEX "market_observations_card" ON "market_observations" USING btree ("card_id","city_id","first_seen_at");