import { expect, test } from "vitest";
import { testOffice } from "../../support/office";
import { seeded } from "../../support/random-market";
import { liveAndUndo } from "../../support/undo-invariant";

test("whatever happens in between, an undone run has every price back but those it lists", async () => {
  const seen = await liveAndUndo(await testOffice(), 6, seeded(20_260_302));
  expect(seen.back).toBeGreaterThan(5);
});
