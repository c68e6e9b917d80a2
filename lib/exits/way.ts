import { AppError } from "@/lib/core/errors";
import { type BrowserIdentity, identityByKey } from "@/lib/kaspi/identity";
import type { KaspiTransport } from "@/lib/kaspi/transport";
import type { KaspiAccess } from "./access";
import { assertAllowed } from "./channels";
import { raiseNoCabinetExit } from "./exit-notices";
import { guardTransport } from "./guarded-transport";
import { opened } from "./opened";
import {
  exitById,
  exitForOfficial,
  exitOfAccount,
  keepToExit,
  leastEntered,
  type WayExit,
} from "./way-queries";

/** A way to Kaspi: an exit with its connection, as one browser. */
export type Way = {
  exitId: string;
  transport: KaspiTransport;
  /** How a real browser takes the same way. Chromium gives SOCKS5 proxies no login. */
  browser:
    | { kind: "ok"; proxyUrl: string | null; identity: BrowserIdentity }
    | { kind: "impossible" };
};

/**
 * The way this login's cabinet is spoken to: the same one each time. While its exit is dead another
 * stands in; a new one is kept only when that may serve no cabinets any more. For a login not known
 * yet (null) one is chosen, to be kept with `keepToWay`. Throws `official_only` for a
 * login none of whose stores may be asked for there, and kaspi_unreachable (`no_cabinet_exit`) when no
 * exit serves cabinets.
 */
export async function cabinetWay(access: KaspiAccess, accountId: string | null): Promise<Way> {
  if (accountId) await assertAllowed(access, { name: "session", of: accountId });
  const kept = accountId && (await exitOfAccount(access.db, accountId));
  if (kept && kept.deadSince === null) return wayOf(access, kept);
  const exit = await leastEntered(access.db);
  if (!exit) {
    await raiseNoCabinetExit(access.db);
    throw new AppError("kaspi_unreachable", "no_cabinet_exit");
  }
  if (accountId && !kept) await keepToExit(access.db, accountId, exit.exitId);
  return wayOf(access, exit);
}

/** From now on this login's cabinet is spoken to through the exit it was entered by. */
export function keepToWay(access: KaspiAccess, accountId: string, way: Way): Promise<void> {
  return keepToExit(access.db, accountId, way.exitId);
}

/** The way to Kaspi's official interface. Throws kaspi_unreachable (`no_exit`) when no exit is in use. */
export async function officialWay(access: KaspiAccess): Promise<Way> {
  const exit = await exitForOfficial(access.db, access.clock());
  if (!exit) throw new AppError("kaspi_unreachable", "no_exit");
  return wayOf(access, exit);
}

/** The way through one exit, for a login that waits for its code. Throws as `cabinetWay` when it is gone. */
export async function wayThrough(access: KaspiAccess, exitId: string): Promise<Way> {
  const exit = await exitById(access.db, exitId);
  if (!exit) throw new AppError("kaspi_unreachable", "no_cabinet_exit");
  return wayOf(access, exit);
}

/** A proxy that no key opens is never gone round: what should pass by it does not pass at all. */
const unopened = () =>
  new AppError("kaspi_unreachable", "proxy_failed", { params: { code: "silent" } });

/** Throws kaspi_unreachable (`proxy_failed`) for a proxy that no key of today opens. */
export function wayOf(access: KaspiAccess, exit: WayExit): Way {
  const proxyUrl = exit.proxyUrl && opened(access.vault, exit.proxyUrl);
  if (proxyUrl === null && exit.proxyUrl !== null) throw unopened();
  const identity = identityByKey(exit.identity);
  return {
    exitId: exit.exitId,
    transport: guardTransport(access, exit, access.transport(proxyUrl, identity)),
    browser: takesBrowser(proxyUrl) ? { kind: "ok", proxyUrl, identity } : { kind: "impossible" },
  };
}

/** Chromium gives SOCKS5 proxies no login. */
export function takesBrowser(proxyUrl: string | null): boolean {
  if (proxyUrl === null) return true;
  const { protocol, username } = new URL(proxyUrl);
  return protocol !== "socks5:" || username === "";
}
