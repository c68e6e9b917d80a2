import { notInArray } from "drizzle-orm";
import type { InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { jobDefinitions } from "@/lib/db/schema/jobs";
import { jobClient, silent } from "@/lib/jobs/client";
import { type Definition, readDefinition } from "@/lib/jobs/embedded/definition";
import { registerRequest } from "@/lib/jobs/embedded/protocol";
import { nextFiring } from "@/lib/jobs/embedded/schedule";

const registration = z.object({ functions: z.array(z.unknown()) });

/** The jobs in what the SDK posts to /fn/register. Throws if one of them cannot run on this engine. */
export function readRegistration(body: unknown): Map<string, Definition> {
  const definitions = registration.parse(body).functions.map(readDefinition);
  return new Map(definitions.map((definition) => [definition.id, definition]));
}

/** The jobs as the SDK would register them, without a server: the page of runs shows their schedules. */
export async function definitionsOf(
  functions: readonly InngestFunction.Any[],
): Promise<Map<string, Definition>> {
  let body: unknown;
  const answer: typeof fetch = async (input, init) => {
    body = await new Request(input, init).json();
    return Response.json({ status: 200, modified: true });
  };
  const client = jobClient(
    { baseUrl: "http://nowhere.invalid", isDev: true, fetch: answer },
    silent,
  );
  await serve({ client, functions: [...functions] })(registerRequest());
  return readRegistration(body);
}

/**
 * Writes down which jobs there are; failure handlers are part of theirs. A schedule keeps its next
 * firing unless it was changed.
 */
export async function saveDefinitions(
  db: Db,
  definitions: ReadonlyMap<string, Definition>,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const known = await tx.select().from(jobDefinitions).for("update");
    const jobs = [...definitions.values()].filter((one) => one.handlesFailureOf === null);
    for (const { id, cron } of jobs) {
      const before = known.find((row) => row.id === id);
      const same = before?.cron === cron?.expr && before?.timeZone === cron?.timeZone;
      const kept = before && same ? before.nextAt : null;
      const row = {
        cron: cron?.expr ?? null,
        timeZone: cron?.timeZone ?? null,
        nextAt: cron ? (kept ?? nextFiring(cron, now)) : null,
      };
      await tx
        .insert(jobDefinitions)
        .values({ id, ...row, registeredAt: now })
        .onConflictDoUpdate({ target: jobDefinitions.id, set: row });
    }
    const ids = jobs.map((job) => job.id);
    await tx.delete(jobDefinitions).where(notInArray(jobDefinitions.id, ids));
  });
}
