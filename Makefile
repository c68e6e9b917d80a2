# Everything is done by the scripts of package.json; these are their short names.
# PORT, DATA_DIR, KASPI and DETACH given here or in the environment reach them.
.PHONY: up down logs ps dev build test test-long check

up:
	@node scripts/start.mjs up

down logs ps dev:
	@node scripts/start.mjs $@

build:
	@npm run -s build

test:
	@node scripts/test.mjs

test-long:
	@node scripts/test.mjs --long

check:
	@npm run -s check
