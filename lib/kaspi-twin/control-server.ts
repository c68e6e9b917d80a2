import { ZodError, z } from "zod";
import { call } from "@/lib/kaspi-twin/control";
import { controls, findControl } from "@/lib/kaspi-twin/controls";
import { type Answer, json, parsed, type TwinRequest } from "@/lib/kaspi-twin/http";
import type { Listener } from "@/lib/kaspi-twin/http-server";
import type { World } from "@/lib/kaspi-twin/world";

/** `POST /<control>` with its argument as JSON; `GET /` tells which there are, each with the schema of its argument. */
export function controlListener(world: World): Listener {
  return async (request) => ({ kind: "whole", answer: await answerControl(world, request) });
}

async function answerControl(world: World, request: TwinRequest): Promise<Answer> {
  const name = request.path.slice(1);
  if (name === "") return json(list());
  const found = findControl(name);
  if (!found) return json({ error: `no control ${name}` }, 404);
  const given = request.body === "" ? undefined : parsed(request.body);
  try {
    return json((await call(world, found, given)) ?? null);
  } catch (error) {
    if (error instanceof ZodError) return json({ error: z.prettifyError(error) }, 400);
    if (error instanceof RangeError) return json({ error: error.message }, 404);
    throw error;
  }
}

function list() {
  const described = Object.entries(controls).map(([name, { about, argument }]) => [
    name,
    { about, argument: z.toJSONSchema(argument, { io: "input" }) },
  ]);
  return Object.fromEntries(described) as Record<string, unknown>;
}
