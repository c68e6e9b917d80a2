import { cabinetRoutes } from "@/lib/kaspi-twin/cabinet";
import { guard } from "@/lib/kaspi-twin/cabinet-guard";
import { controlListener } from "@/lib/kaspi-twin/control-server";
import { bindControls, type Controls } from "@/lib/kaspi-twin/controls";
import { host, notFound } from "@/lib/kaspi-twin/host";
import { type Listener, type RunningServer, serve } from "@/lib/kaspi-twin/http-server";
import { identityRoutes } from "@/lib/kaspi-twin/identity";
import type { Limits } from "@/lib/kaspi-twin/rate-limits";
import { restoreWorld, Saver, saveWorld } from "@/lib/kaspi-twin/saved-state";
import { storefrontRoutes } from "@/lib/kaspi-twin/storefront";
import { createWorld, type TwinUrls, type World } from "@/lib/kaspi-twin/world";

export type TwinOptions = {
  /** Of the cabinet, identity, storefront and control servers; 0 takes a free one. */
  ports?: readonly [number, number, number, number];
  /** The same seed gives the same cards, offers and rivals. */
  seed?: string;
  /** Where prices and sessions are kept over a restart. Without it nothing is kept. */
  stateFile?: string;
  /** The twin's clock stands there and moves by `advance` alone, instead of running. */
  startAt?: Date;
  /** Milliseconds of the twin's clock from accepting a write to applying it. */
  applyDelay?: number;
  limits?: Partial<Limits>;
};

export type Twin = Controls & { urls: TwinUrls; stop(): Promise<void> };

/** How often it looks whether a price list is to be fetched; real milliseconds. */
const LOOK_FOR_FEEDS = 5_000;

/** Starts the training Kaspi on 127.0.0.1. Control methods also answer on `urls.control`. */
export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
  const { ports = [0, 0, 0, 0], seed = "duken", applyDelay = 6_000, limits = {} } = options;
  const { stateFile, startAt } = options;
  const saver = stateFile ? new Saver(() => saveWorld(world, stateFile)) : null;
  const world = createWorld({
    ...{ seed, applyDelay, limits, startAt },
    changed: () => saver?.changed(),
  });
  if (stateFile) restoreWorld(world, stateFile);
  const servers = await serveAll(listeners(world), ports);
  const [cabinet = "", id = "", storefront = "", control = ""] = servers.map(({ url }) => url);
  const fetching = setInterval(() => void world.feeds.pullDue(), LOOK_FOR_FEEDS);
  fetching.unref();
  Object.assign(world.urls, { cabinet, id, storefront, images: storefront, control });
  return {
    ...bindControls(world),
    urls: world.urls,
    async stop() {
      clearInterval(fetching);
      await Promise.all(servers.map((server) => server.stop()));
      saver?.flush();
    },
  };
}

function listeners(world: World): Listener[] {
  return [
    host(world, cabinetRoutes(world), (request) => guard(world, request, notFound)),
    host(world, identityRoutes(world)),
    host(world, storefrontRoutes(world)),
    controlListener(world),
  ];
}

/** All of them or none: a taken port must not leave the others listening. */
async function serveAll(all: Listener[], ports: readonly number[]): Promise<RunningServer[]> {
  const started = await Promise.allSettled(all.map((one, nth) => serve(ports[nth] ?? 0, one)));
  const servers = started.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  const failed = started.find((one) => one.status === "rejected");
  if (!failed) return servers;
  await Promise.all(servers.map((server) => server.stop()));
  throw failed.reason;
}
