import type { Tx } from "@/lib/db/client";
import { raiseNotice } from "@/lib/notices/queries";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import {
  chooseCanaries,
  isTryingOut,
  letTriedGoOn,
  lockWideChange,
  sayTheyGo,
  sayTheyWait,
  trialOf,
  updateWideChange,
  type WideChange,
} from "./canary-queries";
import { judgeTrial, type Trial } from "./canary-rules";
import { holdUnsent, openHold } from "./hold-queries";

type Store = { id: string; name: string };

/** Stays so until a person answers: what the bots decide meanwhile waits with the rest. */
const failed = { kind: "failed" } as const;

/**
 * Goes on with trying out a change of many rules, if the store has one: chooses what is sent first,
 * lets the rest follow when enough of those are confirmed, holds it for a person when one has failed.
 * Anybody may call it at any time; until it says so, the rest is not sendable.
 */
export async function settleCanary(tx: Tx, store: Store, now: Date): Promise<void> {
  if (!(await isTryingOut(tx, store.id))) return;
  await lockLedger(tx, store.id);
  const change = await lockWideChange(tx, store.id);
  if (!change) return;
  const trial = await trialOf(tx, change, now);
  const verdict = change.state === "failed" ? failed : judgeTrial(trial);
  if (verdict.kind === "passed") {
    await updateWideChange(tx, change.id, { state: "passed", endedAt: now });
    await sayTheyGo(tx, store.id);
  } else if (verdict.kind === "failed") {
    await updateWideChange(tx, change.id, { state: "failed" });
    await hold(tx, store, change, trial, now);
  } else {
    await letTriedGoOn(tx, change);
    await chooseCanaries(tx, change, verdict.wanted);
    await sayTheyWait(tx, change);
  }
}

async function hold(
  tx: Tx,
  store: Store,
  change: WideChange,
  { alive, failed: drops }: Trial,
  now: Date,
): Promise<void> {
  const holdId = await openHold(tx, {
    storeId: store.id,
    kind: "canary",
    wideChangeId: change.id,
    changes: alive + drops,
    drops,
    at: now,
  });
  const count = await holdUnsent(
    tx,
    { storeId: store.id, touchedBy: change },
    { holdId, stateReason: "canary_failed" },
  );
  if (count === 0 && change.state === "failed") return;
  await raiseNotice(tx, {
    kind: "canary_failed",
    about: store.id,
    severity: "danger",
    storeId: store.id,
    params: { store: store.name, count },
  });
}
