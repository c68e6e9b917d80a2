-- Markets of one batch lie together, and each look at them moves the time they were last seen: with as much
-- room beside them as they take, that is written without touching their indexes, and the room is used again.
ALTER TABLE "market_observations" SET (fillfactor = 50);
