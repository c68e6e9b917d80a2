import type { Tenge } from "@/lib/core/money";
import type { Origin, PriceDecision, TrailStep } from "@/lib/repricing/decide/model";
import type { Reason, ReasonParams } from "@/lib/repricing/decide/reason-model";

/** SHA-256 of a text, in hex. Handed in, so that the rules stay free of Node. */
export type Sha256 = (text: string) => string;

/** What a decision says, as its row holds it; `price` is also the one awaiting approval. */
export type Outcome = {
  kind: PriceDecision["kind"];
  reason: Reason;
  price: Tenge | null;
  params: ReasonParams;
  trail: TrailStep[];
};

/** What the ledger vouches for. Everything else of a row (its state, its times) may move. */
export type LedgerEntry = SealedSince2 & {
  storeId: string;
  productId: string;
  cityId: string;
  /** Position in the store's ledger, from 1, without gaps. */
  seq: number;
  origin: Origin;
  decidedAt: Date;
  rulesVersion: number;
  /** Canonical JSON. */
  inputs: string;
  outcome: Outcome;
};

/** Not under the seal of decisions by the first rules. */
type SealedSince2 = {
  id: string;
  runId: string | null;
  actorId: string | null;
  observationId: string | null;
  dryRun: boolean;
};

export type Seal = { inputsHash: string; previousHash: string; hash: string };

/** The end of a ledger, or the place up to which it was pruned. */
export type LedgerHead = { seq: number; hash: string };

/** Before a store's first decision. */
export const EMPTY_LEDGER: LedgerHead = { seq: 0, hash: "0".repeat(64) };

/** What does not fit: a decision is missing, or this one was changed. */
export type Break = "gap" | "previous" | "inputs" | "hash";

export function outcomeOf(decision: PriceDecision): Outcome {
  const { kind, reason, params, trail } = decision;
  const price =
    "price" in decision ? decision.price : "wanted" in decision ? decision.wanted : null;
  return { kind, reason, price, params, trail };
}

/** Chains an entry to the store's previous one. Names every field: a copy of a million rows is not free. */
export function sealEntry(entry: LedgerEntry, previousHash: string, sha256: Sha256): Seal {
  const inputsHash = sha256(entry.inputs);
  const since2 = entry.rulesVersion >= 2 ? entry : unsealed;
  const sealed = {
    actorId: since2.actorId,
    cityId: entry.cityId,
    decidedAt: entry.decidedAt,
    dryRun: since2.dryRun,
    id: since2.id,
    inputs: inputsHash,
    observationId: since2.observationId,
    origin: entry.origin,
    outcome: entry.outcome,
    previousHash,
    productId: entry.productId,
    rulesVersion: entry.rulesVersion,
    runId: since2.runId,
    seq: entry.seq,
    storeId: entry.storeId,
  };
  return { inputsHash, previousHash, hash: sha256(canonicalJson(sealed)) };
}

const unsealed: Partial<SealedSince2> = {};

/** How an entry fails to follow the one before it; null: it follows. */
export function breakAt(entry: LedgerEntry & Seal, last: LedgerHead, sha256: Sha256): Break | null {
  if (entry.seq !== last.seq + 1) return "gap";
  if (entry.previousHash !== last.hash) return "previous";
  const seal = sealEntry(entry, last.hash, sha256);
  if (entry.inputsHash !== seal.inputsHash) return "inputs";
  return entry.hash === seal.hash ? null : "hash";
}

/** One text for one value: keys sorted, dates as ISO, absent keys left out. Throws on anything else. */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return isPlain.test(value) ? `"${value}"` : JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw new RangeError(`not a number for a ledger: ${value}`);
      return String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (value instanceof Date) return `"${value.toISOString()}"`;
      return Array.isArray(value) ? `[${value.map(canonicalJson).join(",")}]` : inOrder(value);
    default:
      throw new TypeError(`not a value for a ledger: ${typeof value}`);
  }
}

/** Ids, words and hashes, which have nothing to be escaped. */
const isPlain = /^[\w .:-]*$/;

/** A million decisions have the same few keys. */
const quoted = new Map<string, string>();

function quote(key: string): string {
  const known = quoted.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (quoted.size < 1_000) quoted.set(key, text);
  return text;
}

function inOrder(value: object): string {
  const held = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(held);
  let text = "";
  for (const key of isSorted(keys) ? keys : keys.sort()) {
    const part = held[key];
    if (part !== undefined) text += `${text && ","}${quote(key)}${canonicalJson(part)}`;
  }
  return `{${text}}`;
}

/** As most are: to look costs less than to sort. */
const isSorted = (keys: readonly string[]) =>
  keys.every((key, nth) => nth === 0 || (keys[nth - 1] ?? "") < key);
