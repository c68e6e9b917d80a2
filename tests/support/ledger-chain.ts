import { createHash } from "node:crypto";
import {
  type Break,
  breakAt,
  type LedgerEntry,
  type LedgerHead,
  type Seal,
} from "@/lib/repricing/ledger/ledger-rules";

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export type ChainVerdict =
  | { kind: "whole"; head: LedgerHead }
  | { kind: "broken"; seq: number; why: Break };

/** Follows entries in the order of `seq`, starting after `head`; says where the chain breaks first. */
export function checkChain(entries: Iterable<LedgerEntry & Seal>, head: LedgerHead): ChainVerdict {
  let last = head;
  for (const entry of entries) {
    const why = breakAt(entry, last, sha256);
    if (why) return { kind: "broken", seq: entry.seq, why };
    last = { seq: entry.seq, hash: entry.hash };
  }
  return { kind: "whole", head: last };
}
