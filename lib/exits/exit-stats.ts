import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import type { KaspiAccess } from "./access";
import { listExits } from "./list-exits";
import type { ExitInPool } from "./model";

/** `GET /api/v1/proxies/stats/`: the pool over the last 24 hours. For `manage_proxies`: names tell of proxies, too. */
export async function exitStats(access: KaspiAccess, caller: Caller) {
  requirePermission(caller, "manage_proxies");
  const now = access.clock();
  const pool = await listExits(access);
  const states = pool.map((exit) => stateOf(exit, now));
  const count = (state: ReturnType<typeof stateOf>) => states.filter((one) => one === state).length;
  return {
    total_requests: pool.reduce((sum, { requests }) => sum + requests, 0),
    pool_size: pool.length,
    resting: count("resting"),
    dead: count("dead"),
    usage: pool.map((exit, nth) => ({
      id: exit.id,
      name: exit.name,
      kind: exit.scheme ?? "direct",
      state: states[nth],
      requests: exit.requests,
      failures: exit.failures,
      p50_ms: exit.p50,
      p95_ms: exit.p95,
      reads_per_second: exit.readsPerSecond,
      resting_until: exit.restingUntil && exit.restingUntil > now ? exit.restingUntil : null,
    })),
  };
}

export function stateOf(
  { isActive, dead, restingUntil }: Pick<ExitInPool, "isActive" | "dead" | "restingUntil">,
  now: Date,
): "off" | "dead" | "resting" | "working" {
  if (!isActive) return "off";
  if (dead) return "dead";
  return restingUntil && restingUntil > now ? "resting" : "working";
}
