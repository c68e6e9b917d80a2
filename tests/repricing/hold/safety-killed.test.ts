import { test, vi } from "vitest";
import { killedTrial } from "../../support/killed-safety";
import { mortalOffice } from "../../support/mortal-office";

const KILLS = process.env.LONG === "1" ? 15 : 1;

// Seconds on an idle machine; a busy one must not make them fail.
vi.setConfig({ testTimeout: KILLS > 1 ? 600_000 : 240_000, hookTimeout: 120_000 });

test("killed -9 while changed rules are tried out: no sixth price leaves before the first five are confirmed", async () => {
  await killedTrial(await mortalOffice(), KILLS);
});
