import { randomUUID } from "node:crypto";
import type { Tenge } from "@/lib/core/money";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { sha256 } from "@/lib/repricing/check/check-products";
import type { NewDecision } from "@/lib/repricing/check/check-queries";
import { insertDecisions } from "@/lib/repricing/check/save-queries";
import type { Origin } from "@/lib/repricing/decide/model";
import type { ManualReason } from "@/lib/repricing/decide/reason-model";
import { RULES_VERSION } from "@/lib/repricing/decide/rules";
import { forgetAgreed } from "@/lib/repricing/hold/answer-queries";
import {
  lockLedger,
  moveLedger,
  setLastDecisions,
  supersede,
  unsentOf,
} from "@/lib/repricing/ledger/ledger-queries";
import { canonicalJson, type LedgerEntry, sealEntry } from "@/lib/repricing/ledger/ledger-rules";

/** A price a person wants of a product in a city, and what held there when they said so. */
export type WantedPrice = {
  productId: string;
  cityId: string;
  price: Tenge;
  current: Tenge | null;
  floor: Tenge | null;
  ceiling: Tenge | null;
  anchor: Tenge | null;
  /** What the anchor becomes when Kaspi shows the price; until then, and if it never does, it stays. */
  anchorNext: Tenge;
};

export type ByPerson = {
  storeId: string;
  by: string;
  origin: Exclude<Origin, "bot">;
  reason: ManualReason;
  runId: string | null;
};

/**
 * Appends a person's prices to the store's ledger, pending: whatever had not left of these products gives
 * way. They have a day to leave. Returns the ids, in the order given. Call it with the products locked.
 */
export async function appendByPerson(
  tx: Tx,
  { storeId, by, origin, reason, runId }: ByPerson,
  wanted: readonly WantedPrice[],
  now: Date,
): Promise<string[]> {
  let head = await lockLedger(tx, storeId);
  const subjects = wanted.map(({ productId, cityId }) => ({ productId, cityId }));
  await supersede(tx, await unsentOf(tx, subjects));
  const rows = wanted.map(({ productId, cityId, price, current, ...held }) => {
    const outcome = { kind: "change", reason, price, params: { price }, trail: [] } as const;
    const entry: LedgerEntry = {
      id: randomUUID(),
      runId,
      actorId: by,
      observationId: null,
      dryRun: false,
      storeId,
      productId,
      cityId,
      seq: head.seq + 1,
      origin,
      decidedAt: now,
      rulesVersion: RULES_VERSION,
      inputs: canonicalJson({ now, by, current, ...held }),
      outcome: { ...outcome, trail: [] },
    };
    const seal = sealEntry(entry, head.hash, sha256);
    head = { seq: entry.seq, hash: seal.hash };
    const { outcome: _outcome, ...identity } = entry;
    return {
      ...identity,
      ...seal,
      ...outcome,
      trail: [],
      priceBefore: current,
      state: "pending",
      turnAt: now,
      expiresAt: later(now, DAY),
    } satisfies NewDecision;
  });
  await insertDecisions(tx, rows);
  await moveLedger(tx, storeId, head);
  await setLastDecisions(tx, rows);
  // What was agreed to before was a change of another price.
  await forgetAgreed(tx, subjects);
  return rows.map(({ id }) => id);
}
