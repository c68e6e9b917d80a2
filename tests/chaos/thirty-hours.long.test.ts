import { expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { chaosOffice, chaosOver } from "../support/chaos";
import { seeded } from "../support/random-market";

const SEED = Number(process.env.CHAOS_SEED ?? 20_261_121);
const HOURS = Number(process.env.CHAOS_HOURS ?? 30);

const scene = await chaosOffice(200, { email: "demo@duken.kz", password: "demo-kaspi" });

test(`thirty hours of every fault over 200 products (CHAOS_SEED=${SEED})`, {
  timeout: 60 * 60_000,
}, async () => {
  const chaos = chaosOver(scene, seeded(SEED));
  const before = await chaos.begin();
  await chaos.trouble((HOURS * HOUR) / MINUTE);
  await chaos.peace((3 * HOUR) / MINUTE);
  expect(await chaos.settled(before)).toBeGreaterThan(HOURS);
});
