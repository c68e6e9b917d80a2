import { z } from "zod";
import type { EventData } from "@/lib/db/schema/jobs";
import { currentOrigin, jobOrigin, type Origin } from "@/lib/log/origin";

/** Beside an event's own data: which request it goes back to. */
export function withRequest(data: EventData): EventData {
  const origin = currentOrigin();
  return origin ? { ...data, meta: { requestId: origin.requestId } } : data;
}

const carried = z.object({ meta: z.object({ requestId: z.string() }) });
/** The event of a failure holds the one that had begun the run. */
const wrapped = z.object({ event: z.object({ data: carried }) });

/** Where a run comes from: the request its event goes back to, else, of a schedule, the run itself. */
export function originOfRun(job: string, runId: string, data: unknown): Origin {
  const { data: own } = carried.safeParse(data);
  const { data: failed } = wrapped.safeParse(data);
  return jobOrigin(job, runId, (own ?? failed?.event.data)?.meta.requestId ?? null);
}
