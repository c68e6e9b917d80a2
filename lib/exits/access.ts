import { createHash } from "node:crypto";
import { type Vault, vault } from "@/lib/auth/vault";
import { type Clock, HOUR, sleep, systemClock } from "@/lib/core/time";
import { type Db, db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { KaspiHosts } from "@/lib/kaspi/hosts";
import { type BrowserIdentity, firstIdentity } from "@/lib/kaspi/identity";
import { createTransport, type KaspiTransport } from "@/lib/kaspi/transport";

/** What every use case that speaks to Kaspi needs. Tests build their own with another clock and the twin's hosts. */
export type KaspiAccess = {
  db: Db;
  clock: Clock;
  /** Waits on that clock, or rejects with the signal's reason. */
  sleep: typeof sleep;
  vault: Vault;
  hosts: KaspiHosts;
  chromiumPath: string | null;
  /** What bounds one exchange with Kaspi; the transport's own bound when it is not given. */
  timeoutMs?: number;
  /** What this process remembers of its calls; see `kept`. */
  memory: Map<string, unknown>;
  /** A pooled connection through a proxy, or directly; one per address and process. Calls go by `way.ts`. */
  transport(proxyUrl: string | null, identity?: BrowserIdentity): KaspiTransport;
};

type Parts = Omit<KaspiAccess, "transport" | "sleep" | "memory"> &
  Partial<Pick<KaspiAccess, "sleep">>;

/** Connections that nobody has asked for in this time are closed. */
const UNUSED_MS = HOUR;

export function createAccess(parts: Parts): KaspiAccess {
  const transports = new Map<string, { transport: KaspiTransport; usedAt: number }>();
  /** A proxy that is removed or off is not asked for again. */
  const dropUnused = () => {
    for (const [key, { transport, usedAt }] of transports) {
      if (parts.clock().getTime() - usedAt < UNUSED_MS) continue;
      transports.delete(key);
      transport.close().catch(() => null);
    }
  };
  return {
    sleep,
    ...parts,
    memory: new Map(),
    transport(proxyUrl, identity = firstIdentity) {
      const usedAt = parts.clock().getTime();
      // The address holds a password, and need not stay in memory for a name.
      const key = createHash("sha256")
        .update(`${identity.key} ${proxyUrl ?? ""}`)
        .digest("base64");
      const known = transports.get(key);
      if (known) {
        known.usedAt = usedAt;
        return known.transport;
      }
      dropUnused();
      const { hosts, timeoutMs } = parts;
      const bound = timeoutMs === undefined ? {} : { timeoutMs };
      const transport = createTransport({ hosts, proxyUrl, identity, ...bound });
      transports.set(key, { transport, usedAt });
      return transport;
    },
  };
}

const shared = globalThis as typeof globalThis & { dukenKaspiAccess?: KaspiAccess };

/** The process's access to Kaspi, from the environment. */
export function kaspiAccess(): KaspiAccess {
  const { KASPI_CABINET_URL, KASPI_ID_URL, KASPI_STOREFRONT_URL, KASPI_IMAGES_URL, CHROMIUM_PATH } =
    env();
  shared.dukenKaspiAccess ??= createAccess({
    db: db(),
    clock: systemClock,
    vault: vault(),
    hosts: {
      cabinet: KASPI_CABINET_URL,
      id: KASPI_ID_URL,
      storefront: KASPI_STOREFRONT_URL,
      images: KASPI_IMAGES_URL,
    },
    chromiumPath: CHROMIUM_PATH ?? null,
  });
  return shared.dukenKaspiAccess;
}
