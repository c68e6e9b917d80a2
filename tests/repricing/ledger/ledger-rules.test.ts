import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canonicalJson,
  EMPTY_LEDGER,
  type LedgerEntry,
  outcomeOf,
  type Seal,
  sealEntry,
} from "@/lib/repricing/ledger/ledger-rules";
import { checkChain, sha256 } from "../../support/ledger-chain";
import { decide, noon } from "../../support/pricing";

test.each<[string, unknown, string]>([
  ["keys are sorted, at every depth", { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
  ["lists keep their order", [3, 1, 2], "[3,1,2]"],
  ["dates are instants", { at: noon }, '{"at":"2026-03-02T12:00:00.000Z"}'],
  ["absent is left out, null is kept", { a: undefined, b: null }, '{"b":null}'],
  ["texts are escaped", 'say "so"\n', '"say \\"so\\"\\n"'],
  ["empty things are empty", { a: [], b: {} }, '{"a":[],"b":{}}'],
])("%s", (_, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each<[string, unknown]>([
  ["NaN", { price: Number.NaN }],
  ["infinity", [Number.POSITIVE_INFINITY]],
  ["a bigint", 10n],
  ["a function", () => 1],
  ["nothing at all", undefined],
  ["a hole in a list", [undefined]],
  ["a date that is none", new Date(Number.NaN)],
])("%s does not belong in a ledger", (_, value) => {
  expect(() => canonicalJson(value)).toThrow();
});

test("what comes back from the database has the same canonical text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const stored: unknown = JSON.parse(JSON.stringify(value));
      expect(canonicalJson(stored)).toBe(canonicalJson(JSON.parse(canonicalJson(value))));
    }),
  );
});

test("an outcome is what a row holds, the price awaiting approval included", () => {
  const row = (scenario: Parameters<typeof decide>[0]) => {
    const { kind, reason, price } = outcomeOf(decide(scenario));
    return [kind, reason, price];
  };
  expect(row({ rivals: [1000] })).toEqual(["change", "undercut", 999]);
  expect(row({})).toEqual(["hold", "no_competitors_hold", null]);
  expect(row({ floor: null })).toEqual(["skip", "missing_floor", null]);
  expect(row({ floor: 10, current: 1000, rivals: [500] })).toEqual(["hold", "anomaly_frozen", 499]);
});

type Sealed = LedgerEntry & Seal;

function ledger(length: number): Sealed[] {
  const sealed: Sealed[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const entry: LedgerEntry = {
      id: `decision-${seq}`,
      runId: "run",
      actorId: null,
      observationId: null,
      dryRun: false,
      storeId: "store",
      productId: `product-${seq}`,
      cityId: "750000000",
      seq,
      origin: "bot",
      decidedAt: noon,
      rulesVersion: 1,
      inputs: canonicalJson({ seq }),
      outcome: outcomeOf(decide({ rivals: [1000] })),
    };
    const previousHash = sealed.at(-1)?.hash ?? EMPTY_LEDGER.hash;
    sealed.push({ ...entry, ...sealEntry(entry, previousHash, sha256) });
  }
  return sealed;
}

const check = (entries: Sealed[], head = EMPTY_LEDGER) => checkChain(entries, head);

test("an untouched ledger is whole and ends where it ends", () => {
  const entries = ledger(5);
  expect(check(entries)).toEqual({ kind: "whole", head: { seq: 5, hash: entries[4]?.hash } });
  expect(check([])).toEqual({ kind: "whole", head: EMPTY_LEDGER });
});

test("a pruned ledger is checked from its checkpoint", () => {
  const entries = ledger(5);
  const checkpoint = { seq: 2, hash: entries[1]?.hash ?? "" };
  expect(check(entries.slice(2), checkpoint).kind).toBe("whole");
  expect(check(entries.slice(3), checkpoint)).toEqual({ kind: "broken", seq: 4, why: "gap" });
});

test.each<[string, (entries: Sealed[]) => unknown, unknown]>([
  ["a missing decision is a gap", (entries) => entries.splice(2, 1), { seq: 4, why: "gap" }],
  [
    "a repeated decision is a gap",
    (entries) => entries.splice(2, 0, ...ledger(2).slice(1)),
    { seq: 2, why: "gap" },
  ],
  ["swapped decisions are a gap", (entries) => entries.reverse(), { seq: 5, why: "gap" }],
  ["changed inputs show", edit(3, { inputs: '{"seq":9}' }), { seq: 3, why: "inputs" }],
  [
    "a changed price shows",
    edit(3, { outcome: { ...outcomeOf(decide({ rivals: [1000] })), price: null } }),
    { seq: 3, why: "hash" },
  ],
  [
    "a changed reason shows",
    edit(3, { outcome: { ...outcomeOf(decide({ rivals: [1000] })), reason: "matched" } }),
    { seq: 3, why: "hash" },
  ],
  ["a changed time shows", edit(2, { decidedAt: new Date(0) }), { seq: 2, why: "hash" }],
  ["another product shows", edit(1, { productId: "other" }), { seq: 1, why: "hash" }],
  ["a person in place of the bot shows", edit(1, { origin: "manual" }), { seq: 1, why: "hash" }],
  ["other rules show", edit(5, { rulesVersion: 2 }), { seq: 5, why: "hash" }],
  [
    "a hash made up for it does not fit the next",
    edit(3, { hash: sha256("made up") }),
    { seq: 3, why: "hash" },
  ],
  [
    "a chain that leads elsewhere shows",
    edit(4, { previousHash: sha256("elsewhere") }),
    { seq: 4, why: "previous" },
  ],
])("%s", (_, tamper, expected) => {
  const entries = ledger(5);
  tamper(entries);
  expect(check(entries)).toEqual({ kind: "broken", ...(expected as object) });
});

test("even a decision sealed anew breaks the chain at the next one", () => {
  const entries = ledger(5);
  const [, , third] = entries;
  if (!third) throw new Error("a ledger of five has a third");
  const { inputsHash: _i, hash: _h, previousHash, ...entry } = third;
  const forged = { ...entry, productId: "other" };
  entries[2] = { ...forged, ...sealEntry(forged, previousHash, sha256) };
  expect(check(entries)).toEqual({ kind: "broken", seq: 4, why: "previous" });
});

function edit(seq: number, change: Partial<Sealed>) {
  return (entries: Sealed[]) => {
    const entry = entries[seq - 1];
    if (entry) entries[seq - 1] = { ...entry, ...change };
  };
}
