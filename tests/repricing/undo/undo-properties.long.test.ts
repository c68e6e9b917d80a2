import { expect, test, vi } from "vitest";
import { testOffice } from "../../support/office";
import { seeded } from "../../support/random-market";
import { liveAndUndo } from "../../support/undo-invariant";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

const seed = Date.now() % 1_000_000;

test(`many lives long, an undone run has every price back but those it lists (seed ${seed})`, async () => {
  const seen = await liveAndUndo(await testOffice(), 60, seeded(seed));
  expect(seen.back).toBeGreaterThan(50);
  expect(seen.skipped).toBeGreaterThan(10);
});
