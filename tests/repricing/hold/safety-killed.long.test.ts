import { test, vi } from "vitest";
import { killedTrial } from "../../support/killed-safety";
import { mortalOffice } from "../../support/mortal-office";

const KILLS = 15;

// Seconds on an idle machine; a busy one must not make them fail.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

test("killed -9 while changed rules are tried out: no sixth price leaves before the first five are confirmed", async () => {
  await killedTrial(await mortalOffice(), KILLS);
});
