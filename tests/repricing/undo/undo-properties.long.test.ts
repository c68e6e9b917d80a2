import { expect, test, vi } from "vitest";
import { testOffice } from "../../support/office";
import { seeded } from "../../support/random-market";
import { liveAndUndo } from "../../support/undo-invariant";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

test("many lives long, an undone run has every price back but those it lists", async () => {
  const seen = await liveAndUndo(await testOffice(), 60, seeded(Date.now() % 1_000_000));
  expect(seen.back).toBeGreaterThan(50);
  expect(seen.skipped).toBeGreaterThan(10);
});
