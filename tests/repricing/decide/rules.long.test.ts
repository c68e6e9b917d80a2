import { expect, test } from "vitest";
import { decidePrice } from "@/lib/repricing/decide/rules";
import { brokenPromise } from "../../support/pricing-invariants";
import { randomInput, seeded } from "../../support/random-market";

test("in 1,000,000 random markets no decision breaks a promise", () => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 1_000_000; seed++) {
    const input = randomInput(seeded(seed));
    const broken = brokenPromise(input, decidePrice(input));
    if (broken) expect.fail(`${broken} (seed ${seed}): ${JSON.stringify(input)}`);
  }
});
