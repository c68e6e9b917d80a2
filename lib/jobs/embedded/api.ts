import { z } from "zod";
import { MINUTE } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { emit } from "@/lib/jobs/outbox";

const sent = z.array(
  z.object({
    id: z.string().nullish(),
    name: z.string(),
    data: z.record(z.string(), z.unknown()).default({}),
    ts: z.number().optional(),
  }),
);

/**
 * The `fetch` of the SDK's client: answers what an Inngest server would, from Postgres.
 * `step.sendEvent` posts to /e/<key>, the registration to /fn/register.
 */
export function inngestApi(db: Db, onRegister: (body: unknown) => Promise<void>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname === "/fn/register") {
      return register(await request.json(), onRegister);
    }
    if (pathname.startsWith("/e/")) {
      return receive(db, await request.json(), request.headers);
    }
    return Response.json({ status: 404, error: `${pathname} is not served here` }, { status: 404 });
  };
}

async function register(
  body: unknown,
  onRegister: (body: unknown) => Promise<void>,
): Promise<Response> {
  try {
    await onRegister(body);
    return Response.json({ status: 200, modified: true });
  } catch (error) {
    return Response.json({ status: 400, error: error instanceof Error ? error.message : "" });
  }
}

/** The SDK stamps events with its own time; one that says later was to be held back until then. */
const AHEAD = MINUTE;

/** The SDK repeats a failed post under the same seed, so an event without an id gets its id from there. */
async function receive(db: Db, body: unknown, headers: Headers): Promise<Response> {
  const seed = headers.get("x-inngest-event-id-seed");
  const events = sent.parse(body);
  const dated = events.find(({ ts }) => ts !== undefined && ts > Date.now() + AHEAD);
  if (dated) return refuse(`${dated.name}: events cannot be dated`);
  const named = events.map(({ id, name, data }, index) => ({
    id: id ?? (seed ? `${seed}:${index}` : undefined),
    name,
    data,
  }));
  const ids = await db.transaction((tx) => emit(tx, named));
  return Response.json({ status: 200, ids });
}

const refuse = (error: string) => Response.json({ status: 400, error }, { status: 400 });
