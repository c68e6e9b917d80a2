import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { jobQueue, jobSteps } from "@/lib/db/schema/jobs";
import { claim, releaseLeases } from "@/lib/jobs/embedded/claim";
import type { EngineContext } from "@/lib/jobs/embedded/context";
import { readDefinition } from "@/lib/jobs/embedded/definition";
import type { Outcome } from "@/lib/jobs/embedded/protocol";
import { record } from "@/lib/jobs/embedded/record";
import { createRun } from "@/lib/jobs/embedded/run-state";
import { expireLeases } from "@/lib/jobs/embedded/timers";
import { testDatabase } from "../support/database";
import { recordingLog, testClock } from "../support/jobs";

const { db, empty } = await testDatabase();
beforeEach(empty);

const definition = readDefinition({
  id: "duken-work",
  name: "work",
  triggers: [],
  steps: { step: { retries: { attempts: 4 } } },
});
const clock = testClock();
const { log } = recordingLog();
const engine = (owner = randomUUID()): EngineContext => ({
  db,
  owner,
  clock,
  backoff: () => SECOND,
  leaseMs: SECOND,
  log,
  definitions: new Map([["work", definition]]),
});
const answer = (data: string): Outcome => ({
  kind: "ops",
  ops: [{ id: "hash", op: "StepRun", displayName: "answer", data }],
  retryAfter: null,
});

/** A call that was claimed, lost by its lease, and claimed again. */
async function claimedTwice(first: EngineContext, second: EngineContext) {
  await createRun(db, definition, { id: "e", name: "n", data: {}, ts: 0 }, clock());
  const [late] = await claim(first, 1);
  clock.advance(SECOND);
  await expireLeases(second);
  const [current] = await claim(second, 1);
  if (!late || !current) throw new Error("nothing was claimed");
  return { late, current };
}

const one = engine();
test.each([
  ["another engine", one, engine()],
  ["the same engine", one, one],
])("an answer is dropped once the call has been given to %s", async (_, first, second) => {
  const { late, current } = await claimedTwice(first, second);
  expect(await record(first, late, answer("too late"), false)).toEqual({ as: "lost" });
  expect(await db.select().from(jobQueue)).toMatchObject([{ attempt: 1, owner: second.owner }]);
  expect(await record(second, current, answer("in time"), false)).toMatchObject({ as: "going on" });
  expect(await db.select().from(jobSteps)).toMatchObject([{ memo: { data: "in time" } }]);
});

test("an answer is dropped once its process gave the call back and another took it", async () => {
  const { current } = await claimedTwice(one, one);
  await releaseLeases(one);
  const other = engine();
  const [taken] = await claim(other, 1);
  expect(taken?.attempt).toBe(current.attempt);
  expect(await record(one, current, answer("too late"), false)).toEqual({ as: "lost" });
});

test("the next call comes back leased when it is to be kept, else it is queued", async () => {
  const { current } = await claimedTwice(one, one);
  const recorded = await record(one, current, answer("first"), true);
  expect(recorded).toMatchObject({ as: "going on", next: { owner: one.owner, stepId: "step" } });
  if (recorded.as !== "going on" || !recorded.next) throw new Error("nothing was kept");
  const more: Outcome = {
    kind: "ops",
    ops: [{ id: "other", op: "StepRun", data: 2 }],
    retryAfter: null,
  };
  expect(await record(one, recorded.next, more, false)).toEqual({ as: "going on", next: null });
  expect(await db.select().from(jobQueue)).toMatchObject([{ owner: null, attempt: 0 }]);
});
