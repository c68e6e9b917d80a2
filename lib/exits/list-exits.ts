import { DAY, later } from "@/lib/core/time";
import type { KaspiAccess } from "./access";
import { exitTotals } from "./figure-queries";
import { flushFigures } from "./figures";
import { percentile } from "./latency-rules";
import { exitPool } from "./manage-queries";
import type { ExitInPool } from "./model";
import { opened } from "./opened";
import { proxySchemes } from "./scheme-model";
import { takesBrowser } from "./way";

/** The whole pool with the figures of the last 24 hours. For owners: it tells where the proxies are. */
export async function listExits(access: KaspiAccess): Promise<ExitInPool[]> {
  await flushFigures(access);
  const [pool, totals] = await Promise.all([
    exitPool(access.db),
    exitTotals(access.db, later(access.clock(), -DAY)),
  ]);
  return pool.map((exit) => {
    const proxyUrl = exit.proxyUrl && opened(access.vault, exit.proxyUrl);
    const sum = totals.find(({ exitId }) => exitId === exit.id);
    const { id, isActive, readsPerSecond, restingUntil, restReason, forCabinet, deadSince } = exit;
    return {
      ...{ id, isActive, readsPerSecond, restingUntil, restReason, forCabinet, deadSince },
      name: exit.proxyUrl === null ? null : exit.name,
      ...whereabouts(proxyUrl),
      takesBrowser: takesBrowser(proxyUrl),
      dead: deadSince && {
        ...{ since: deadSince, why: exit.deadReason ?? "silent", nextTryAt: exit.nextProbeAt },
      },
      requests: sum?.requests ?? 0,
      failures: sum?.failures ?? 0,
      p50: percentile(sum?.latencies ?? [], 0.5),
      p95: percentile(sum?.latencies ?? [], 0.95),
    };
  });
}

function whereabouts(proxyUrl: string | null): Pick<ExitInPool, "scheme" | "address" | "login"> {
  if (proxyUrl === null) return { scheme: null, address: null, login: null };
  const { protocol, hostname, port, username } = new URL(proxyUrl);
  const scheme = proxySchemes.find((known) => `${known}:` === protocol) ?? "http";
  const usual = scheme === "https" ? "443" : "80";
  const login = username === "" ? null : `${decodeURIComponent(username).slice(0, 1)}•••`;
  return { scheme, address: `${hostname}:${port || usual}`, login };
}
