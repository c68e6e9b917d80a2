import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { MINUTE, SECOND } from "@/lib/core/time";
import { claim } from "@/lib/jobs/embedded/claim";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { readDefinition } from "@/lib/jobs/embedded/definition";
import { createRun } from "@/lib/jobs/embedded/run-state";
import { testDatabase } from "../support/database";
import { recordingLog, testClock } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const job = (id: string, concurrency: object[]) =>
  readDefinition({
    id: `duken-${id}`,
    name: id,
    triggers: [],
    steps: { step: { retries: { attempts: 4 } } },
    concurrency,
  });
const perShop = job("per-shop", [{ limit: 1, key: "event.data.shop" }, { limit: 3 }]);
const free = job("free", []);
const clock = testClock();

const engine = (...known: (typeof perShop)[]): EngineContext => ({
  db,
  owner: randomUUID(),
  clock,
  backoff: () => SECOND,
  leaseMs: SECOND,
  log: recordingLog().log,
  definitions: new Map(known.map((definition) => [definition.id, definition])),
});

async function queue(definition: typeof perShop, ...shops: string[]) {
  for (const shop of shops) {
    const event = { id: randomUUID(), name: "asked", data: { shop }, ts: 0 };
    await createRun(db, definition, event, clock());
  }
}
const keys = (items: { job: string; concurrencyKeys: string[] }[]) =>
  items.map((item) => item.concurrencyKeys[0] ?? item.job).toSorted();

test("a heap of calls behind a full key hides nobody else's, however long it has stood there", async () => {
  await queue(perShop, ...Array.from({ length: 250 }, () => "busy"));
  clock.advance(MINUTE);
  await queue(perShop, "quiet", "quiet", 'odd, "quoted" {shop}');
  await queue(free, "");
  const worker = engine(perShop, free);
  const claimed = await claim(worker, 10);
  expect(keys(claimed)).toEqual([
    "free",
    'per-shop:0:"busy"',
    'per-shop:0:"odd, \\"quoted\\" {shop}"',
    'per-shop:0:"quiet"',
  ]);
  expect(await claim(engine(perShop, free), 10)).toEqual([]);
});

test("the limit of all shops together holds, and the oldest come first", async () => {
  for (const shop of ["e", "d", "c", "b", "a"]) {
    await queue(perShop, shop);
    clock.advance(SECOND);
  }
  const claimed = await claim(engine(perShop), 10);
  expect(keys(claimed)).toEqual(['per-shop:0:"c"', 'per-shop:0:"d"', 'per-shop:0:"e"']);
});

test("what is not due, and jobs of another version of the code, are left alone", async () => {
  await queue(free, "");
  expect(await claim(engine(perShop), 10)).toEqual([]);
  expect(await claim({ ...engine(free), clock: () => new Date(0) }, 10)).toEqual([]);
  expect(await claim(engine(free), 10)).toHaveLength(1);
});
