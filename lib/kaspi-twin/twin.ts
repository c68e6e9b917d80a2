import { cabinetRoutes } from "./cabinet";
import { host } from "./host";
import { serve } from "./http-server";
import { identityRoutes } from "./identity";
import type { Limits } from "./rate-limits";
import { storefrontRoutes } from "./storefront";
import { createWorld, type TwinUrls } from "./world";

export type TwinOptions = {
  /** Cabinet, identity, storefront and control; 0 takes free ones. */
  ports?: readonly [number, number, number, number];
  seed?: string;
  /** Milliseconds of the twin's clock from accepting a write to applying it. */
  applyDelay?: number;
  limits?: Partial<Limits>;
};

export type Twin = { urls: TwinUrls; stop(): Promise<void> };

export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
  const { ports = [0, 0, 0, 0], seed = "duken", applyDelay = 6_000, limits = {} } = options;
  const world = createWorld({ seed, applyDelay, limits, changed: () => {} });
  const servers = [
    await serve(ports[0], host(world, cabinetRoutes(world))),
    await serve(ports[1], host(world, identityRoutes(world))),
    await serve(ports[2], host(world, storefrontRoutes(world))),
  ];
  const [cabinet = "", id = "", storefront = ""] = servers.map((server) => server.url);
  Object.assign(world.urls, { cabinet, id, storefront, images: storefront });
  return {
    urls: world.urls,
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
