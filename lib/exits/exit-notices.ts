import type { Tx } from "@/lib/db/client";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import type { KaspiAccess } from "./access";
import { nameOfExit } from "./manage-queries";
import { leastEntered } from "./way-queries";

/** A proxy that worked brings nothing any more; its owner may have to pay for it or mend its login. */
export async function raiseDeadProxy(tx: Tx, exitId: string): Promise<void> {
  const proxy = await nameOfExit(tx, exitId);
  if (proxy === null) return;
  await raiseNotice(tx, {
    ...{ kind: "proxy_dead", about: exitId, severity: "warning", params: { proxy } },
  });
}

/** It works again, or nobody counts on it. */
export async function quietExit(tx: Tx, exitId: string, now: Date): Promise<void> {
  await resolveNotice(tx, "proxy_dead", exitId, now);
  await resolveNotice(tx, "exit_refused", exitId, now);
}

/** What all cabinets have in common. */
const CABINETS = "cabinets";

export function raiseNoCabinetExit(tx: Tx): Promise<void> {
  return raiseNotice(tx, { kind: "no_cabinet_exit", about: CABINETS, severity: "danger" });
}

/** Closes the notice of missing exits when there is one again. */
export async function watchCabinetExits({ db, clock }: KaspiAccess): Promise<void> {
  if (await leastEntered(db)) await resolveNotice(db, "no_cabinet_exit", CABINETS, clock());
}
