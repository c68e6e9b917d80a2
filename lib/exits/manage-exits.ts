import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requireOwner } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { resolveNotice } from "@/lib/notices/queries";
import type { KaspiAccess } from "./access";
import { forgetChannels } from "./channel-queries";
import { deleteProxy, insertExit, lockExit, sealedProxies, updateExit } from "./manage-queries";
import { type NewExit, proxyUrlOf } from "./model";
import { tryProxy } from "./try-proxy";

/**
 * Adds a proxy after Kaspi has answered through it once. Owners only. Throws `invalid` at the address
 * for one that is there already: each exit keeps its own pace, and one address would be asked at two.
 * Else throws as `tryProxy`.
 */
export async function addProxy(access: KaspiAccess, caller: Caller, input: NewExit): Promise<void> {
  requireOwner(caller);
  const proxyUrl = proxyUrlOf(input);
  const known = await sealedProxies(access.db);
  if (known.some((sealed) => access.vault.open(sealed) === proxyUrl))
    throw new AppError("invalid", "invalid", {
      details: [{ path: "address", message: "proxy_known" }],
    });
  await tryProxy(access, proxyUrl);
  const { name, readsPerSecond } = input;
  const exit = { name, readsPerSecond, proxyUrl: access.vault.seal(proxyUrl) };
  await access.db.transaction(async (tx) => {
    const subjectId = await insertExit(tx, exit);
    await note(tx, access, caller, "exit.added", subjectId, { name, readsPerSecond });
  });
}

export async function setExitPace(
  access: KaspiAccess,
  caller: Caller,
  { exitId, readsPerSecond }: { exitId: string; readsPerSecond: number },
): Promise<void> {
  requireOwner(caller);
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
  requireOwner(caller);
  await access.db.transaction(async (tx) => {
    const { exit, isLast } = await lockExit(tx, exitId);
    if (!isActive && isLast) throw new AppError("conflict", "exit_last");
    await updateExit(tx, exitId, { isActive, restingUntil: null, restReason: null });
    await resolveNotice(tx, "exit_refused", exitId, access.clock());
    const action = isActive ? "exit.switched_on" : "exit.switched_off";
    await note(tx, access, caller, action, exitId, { name: exit.name });
  });
}

export async function removeProxy(
  access: KaspiAccess,
  caller: Caller,
  exitId: string,
): Promise<void> {
  requireOwner(caller);
  await access.db.transaction(async (tx) => {
    const { exit, isLast } = await lockExit(tx, exitId);
    if (isLast) throw new AppError("conflict", "exit_last");
    if (!(await deleteProxy(tx, exitId))) throw new AppError("conflict", "exit_own_address");
    await forgetChannels(tx, exitId);
    await resolveNotice(tx, "exit_refused", exitId, access.clock());
    await note(tx, access, caller, "exit.removed", exitId, { name: exit.name });
  });
}

function note(
  tx: Tx,
  access: KaspiAccess,
  caller: Caller,
  action: `exit.${string}`,
  subjectId: string,
  details: Record<string, unknown>,
): Promise<void> {
  return audit(tx, { at: access.clock(), userId: caller.id, action, subjectId, details });
}
