import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { resolveNotice } from "@/lib/notices/queries";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import {
  insertWideChange,
  lockWideChange,
  updateWideChange,
  type WideChange,
  wideChangeOf,
} from "./canary-queries";
import { isTriedOut } from "./canary-rules";
import { closeHold, moveHeld, openHoldOf } from "./hold-queries";

export type ChangedRules = Pick<WideChange, "storeId" | "what"> & {
  /** Of so many products with this call. */
  products: number;
  /** Calls of one subject add up: a change of many products is done in several transactions. */
  subject?: string;
  by: string | null;
  now: Date;
};

/**
 * Writes down that the rules of many products have changed at once; call it in the transaction that
 * changes them, with the products it changes locked and before a store or a city is: it locks the ledger. More
 * than 50 products: the next prices are tried out, a few first and the rest after those were confirmed. A
 * newer change takes the place of one that is still being tried out.
 */
export async function noteWideChange(tx: Tx, change: ChangedRules): Promise<void> {
  const { storeId, what, by, now } = change;
  if (change.products === 0) return;
  await lockLedger(tx, storeId);
  const open = await lockWideChange(tx, storeId);
  const subject = change.subject ?? randomUUID();
  const known = change.subject ? await wideChangeOf(tx, { storeId, what, subject }) : null;
  const products = (known?.products ?? 0) + change.products;
  // What has read the rules before this part of the change tries out something else.
  if (known?.state === "open") return updateWideChange(tx, known.id, { products, at: now });
  if (known && known.state !== "few") return updateWideChange(tx, known.id, { products });

  const isWide = isTriedOut(products);
  if (isWide && open) await replace(tx, open, now);
  const state = isWide ? "open" : "few";
  if (known) return updateWideChange(tx, known.id, { products, state, at: now });
  await insertWideChange(tx, { storeId, what, subject, products, changedBy: by, at: now, state });
}

/** What has failed by the rules before is decided anew by the new ones, and tried out with them. */
async function replace(tx: Tx, { id, storeId, state }: WideChange, now: Date): Promise<void> {
  await updateWideChange(tx, id, { state: "replaced", endedAt: now });
  const holdId = state === "failed" ? await openHoldOf(tx, storeId, "canary") : null;
  if (holdId === null) return;
  await moveHeld(tx, holdId, { state: "superseded", stateReason: "newer_decision" });
  await closeHold(tx, holdId, { answer: "lifted", answeredAt: now, answeredBy: null });
  await resolveNotice(tx, "canary_failed", storeId, now);
}
