import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { firstIdentity, identities } from "@/lib/kaspi/identity";
import type { KaspiAccess } from "./access";
import { forgetChannels } from "./channel-queries";
import { quietExit } from "./exit-notices";
import {
  deleteProxy,
  insertExit,
  lockExit,
  lockPool,
  sealedProxies,
  updateExit,
} from "./manage-queries";
import { type NewExit, proxyUrlOf } from "./model";
import { opened } from "./opened";
import { tryProxy } from "./try-proxy";

/**
 * Adds a proxy after Kaspi has answered through it once. For `manage_proxies`. Throws `invalid` at the address
 * for one that is there already (each exit keeps its own pace, and one address would be asked at
 * two), or through which Kaspi does not answer.
 */
export async function addProxy(access: KaspiAccess, caller: Caller, input: NewExit): Promise<void> {
  requirePermission(caller, "manage_proxies");
  const proxyUrl = proxyUrlOf(input);
  await refuseKnown(access.db, access, proxyUrl);
  const test = await tryProxy(access, proxyUrl);
  if (!test.ok) throw atAddress(test.why === "kaspi" ? "proxy_refused" : "proxy_silent");
  const { name, readsPerSecond } = input;
  await access.db.transaction(async (tx) => {
    await lockPool(tx);
    const identity = identityFor(await refuseKnown(tx, access, proxyUrl));
    const exit = { name, readsPerSecond, identity, proxyUrl: access.vault.seal(proxyUrl) };
    const subjectId = await insertExit(tx, exit);
    await note(tx, access, caller, "exit.added", subjectId, { name, readsPerSecond });
  });
}

/** Answers how many proxies there are. */
async function refuseKnown(tx: Tx, access: KaspiAccess, proxyUrl: string): Promise<number> {
  const known = await knownProxies(tx, access);
  if (known.has(proxyUrl)) throw atAddress("proxy_known");
  return known.size;
}

/** The addresses of all proxies, with their logins. Secrets. One that no key opens is nobody's. */
export async function knownProxies(tx: Tx, { vault }: KaspiAccess): Promise<Set<string>> {
  const sealed = await sealedProxies(tx);
  return new Set(sealed.map((one) => opened(vault, one) ?? one));
}

/** The browser that the next exit passes for, when there are so many: each one in turn. */
export const identityFor = (exits: number): string =>
  identities[(exits + 1) % identities.length]?.key ?? firstIdentity.key;

const atAddress = (message: string) =>
  new AppError("invalid", "invalid", { details: [{ path: "address", message }] });

export async function renameExit(
  access: KaspiAccess,
  caller: Caller,
  { exitId, name }: { exitId: string; name: string },
): Promise<void> {
  requirePermission(caller, "manage_proxies");
  await access.db.transaction(async (tx) => {
    const { exit } = await lockExit(tx, exitId);
    await updateExit(tx, exitId, { name });
    await note(tx, access, caller, "exit.renamed", exitId, { from: exit.name, to: name });
  });
}

/** Whether cabinets may be entered through it. The last one that they are entered through stays. */
export async function setExitForCabinet(
  access: KaspiAccess,
  caller: Caller,
  { exitId, forCabinet }: { exitId: string; forCabinet: boolean },
): Promise<void> {
  requirePermission(caller, "manage_proxies");
  await access.db.transaction(async (tx) => {
    const { exit, isLastForCabinet } = await lockExit(tx, exitId);
    if (!forCabinet && isLastForCabinet) throw new AppError("conflict", "exit_last_cabinet");
    await updateExit(tx, exitId, { forCabinet });
    const action = forCabinet ? "exit.cabinet_on" : "exit.cabinet_off";
    await note(tx, access, caller, action, exitId, { name: exit.name });
  });
}

export async function setExitPace(
  access: KaspiAccess,
  caller: Caller,
  { exitId, readsPerSecond }: { exitId: string; readsPerSecond: number },
): Promise<void> {
  requirePermission(caller, "manage_proxies");
  await access.db.transaction(async (tx) => {
    const { exit } = await lockExit(tx, exitId);
    await updateExit(tx, exitId, { readsPerSecond });
    const details = { name: exit.name, from: exit.readsPerSecond, to: readsPerSecond };
    await note(tx, access, caller, "exit.paced", exitId, details);
  });
}

/** Switched on again an exit is tried at once. The last one that works cannot be switched off. */
export async function switchExit(
  access: KaspiAccess,
  caller: Caller,
  { exitId, isActive }: { exitId: string; isActive: boolean },
): Promise<void> {
  requirePermission(caller, "manage_proxies");
  await access.db.transaction(async (tx) => {
    const { exit, isLast, isLastForCabinet } = await lockExit(tx, exitId);
    if (!isActive && isLast) throw new AppError("conflict", "exit_last");
    // The machine's own address serves cabinets while it reads no market, too.
    if (!isActive && isLastForCabinet && exit.proxyUrl !== null)
      throw new AppError("conflict", "exit_last_cabinet");
    const rest = { restingUntil: null, restReason: null, restsInRow: 0 };
    await updateExit(tx, exitId, { isActive, ...rest, nextProbeAt: null });
    await quietExit(tx, exitId, access.clock());
    const action = isActive ? "exit.switched_on" : "exit.switched_off";
    await note(tx, access, caller, action, exitId, { name: exit.name });
  });
}

export async function removeProxy(
  access: KaspiAccess,
  caller: Caller,
  exitId: string,
): Promise<void> {
  requirePermission(caller, "manage_proxies");
  await access.db.transaction(async (tx) => {
    const { exit, isLast, isLastForCabinet } = await lockExit(tx, exitId);
    if (isLast) throw new AppError("conflict", "exit_last");
    if (!(await deleteProxy(tx, exitId))) throw new AppError("conflict", "exit_own_address");
    if (isLastForCabinet) throw new AppError("conflict", "exit_last_cabinet");
    await forgetChannels(tx, exitId);
    await quietExit(tx, exitId, access.clock());
    await note(tx, access, caller, "exit.removed", exitId, { name: exit.name });
  });
}

function note(
  tx: Tx,
  access: KaspiAccess,
  caller: Caller,
  action: Extract<AuditEntry["action"], `exit.${string}`>,
  subjectId: string,
  details: Record<string, unknown>,
): Promise<void> {
  return audit(tx, { at: access.clock(), userId: caller.id, action, subjectId, details });
}
