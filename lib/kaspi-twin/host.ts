import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Occasion } from "@/lib/kaspi-twin/faults";
import {
  type Answer,
  html,
  json,
  parsed,
  type Route,
  type TwinRequest,
} from "@/lib/kaspi-twin/http";
import type { Delivery, Listener } from "@/lib/kaspi-twin/http-server";
import { brokenDelivery, spoilt } from "@/lib/kaspi-twin/wire-faults";
import type { World } from "@/lib/kaspi-twin/world";

/** One of Kaspi's hosts: finds the route, lets faults strike, counts. */
export function host(
  world: World,
  routes: readonly Route[],
  elsewhere: (request: TwinRequest) => Answer = notFound,
): Listener {
  return async (request) => {
    const found = findRoute(routes, request);
    if (!found) return whole(elsewhere(request));
    const { route, parameters } = found;
    const delivery = await handled(world, route, parameters, request);
    const status = "answer" in delivery ? delivery.answer.status : 0;
    world.counters.add(route.endpoint, status, request);
    return delivery;
  };
}

async function handled(
  world: World,
  route: Route,
  parameters: string[],
  request: TwinRequest,
): Promise<Delivery> {
  const occasion = occasionOf(route, request);
  const slow = world.faults.strikes("slow", occasion);
  if (slow) await pause(slow.ms ?? 5_000, undefined, { ref: false });
  const broken = brokenDelivery(world.faults, occasion, `${world.urls.id}/login`);
  if (broken) return broken;
  if (route.method !== "ANY" && route.method !== request.method) {
    return whole(json({ status: 405, error: "Method Not Allowed", path: request.path }, 405));
  }
  world.settle();
  return spoilt(world.faults, occasion, route.answer(request, parameters));
}

/** One address may be read and written to; the first there is answers for what fits none. */
function findRoute(routes: readonly Route[], { path, method }: TwinRequest) {
  const found = routes.flatMap((route) => {
    const match = route.path.exec(path);
    return match ? [{ route, parameters: match.slice(1) }] : [];
  });
  return found.find(({ route }) => route.method === method) ?? found[0] ?? null;
}

function occasionOf({ endpoint }: Route, { query, body }: TwinRequest): Occasion {
  const page = query.get("p") ?? query.get("page");
  const merchantUid = query.get("m") ?? query.get("merchantUid") ?? undefined;
  const cityId = endpoint === "offers" ? cityIn(parsed(body)) : undefined;
  return { endpoint, page: page === null ? undefined : Number(page), merchantUid, cityId };
}

const cityIn = (body: unknown) => z.object({ cityId: z.string() }).safeParse(body).data?.cityId;

export function notFound(): Answer {
  return html("<html><body>HTTP Status 404</body></html>", 404);
}

function whole(answer: Answer): Delivery {
  return { kind: "whole", answer };
}
