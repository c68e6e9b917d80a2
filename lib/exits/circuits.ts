import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "./access";
import {
  type Circuit,
  type CircuitFailure,
  type CircuitKey,
  closeCircuit,
  failCircuit,
  hasAnsweredOthers,
  markAnswered,
  takeTrial,
  troubledCircuits,
} from "./circuit-queries";
import { kept, shortMemory } from "./kept";

const nameOf = ({ exitId, endpoint }: Pick<Circuit, "exitId" | "endpoint">) =>
  `${exitId}:${endpoint}`;

const troubled = shortMemory(
  "circuits",
  async (db) => new Map((await troubledCircuits(db)).map((row) => [nameOf(row), row])),
);

/**
 * Throws kaspi_unreachable (`circuit_open`, with how long to wait) while nobody may ask: before a call
 * waits for anything.
 */
export async function refuseOpen(access: KaspiAccess, key: CircuitKey): Promise<void> {
  const circuit = await notClosed(access, key);
  if (circuit && !isDue(circuit, access.clock())) throw refusal(circuit, access.clock());
}

/**
 * Lets a call pass, or throws as `refuseOpen` without asking Kaspi: it has not answered lately, and one
 * call at a time tries whether it does again.
 */
export async function passCircuit(access: KaspiAccess, key: CircuitKey): Promise<void> {
  const circuit = await notClosed(access, key);
  if (!circuit) return;
  const now = access.clock();
  if (!isDue(circuit, now) || !(await takeTrial(access.db, key, now))) throw refusal(circuit, now);
  troubled.forget(access);
}

async function notClosed(access: KaspiAccess, key: CircuitKey): Promise<Circuit | null> {
  const circuit = (await troubled.get(access)).get(nameOf(key));
  return circuit && circuit.state !== "closed" ? circuit : null;
}

const isDue = ({ retryAt }: Circuit, now: Date) => (retryAt ?? now) <= now;

function refusal({ retryAt }: Circuit, now: Date): AppError {
  const left = (retryAt?.getTime() ?? 0) - now.getTime();
  return new AppError("kaspi_unreachable", "circuit_open", { retryAfterMs: Math.max(left, 1_000) });
}

/** That Kaspi answers is written once in this time. */
const ANSWERED_QUIET_MS = 15 * SECOND;

const writtenAt = kept("answered", () => new Map<string, number>());

/** Kaspi has answered through this circuit. Costs little while nothing was held against it. */
export async function noteCircuitAnswer(access: KaspiAccess, key: CircuitKey): Promise<void> {
  const now = access.clock();
  const before = writtenAt(access).get(nameOf(key));
  if (before === undefined || now.getTime() - before >= ANSWERED_QUIET_MS) {
    writtenAt(access).set(nameOf(key), now.getTime());
    await markAnswered(access.db, key, now);
  }
  const circuits = await troubled.get(access);
  if (!circuits.delete(nameOf(key))) return;
  await closeCircuit(access.db, key);
}

/** One more call without an answer. Answers whether others have been answered since these began. */
export async function noteCircuitFailure(
  access: KaspiAccess,
  key: CircuitKey,
  failure: CircuitFailure,
): Promise<{ othersAnswered: boolean }> {
  const circuit = await failCircuit(access.db, key, failure, access.clock());
  if (!circuit) return { othersAnswered: false };
  (await troubled.get(access)).set(nameOf(key), circuit);
  const since = circuit.failingSince ?? access.clock();
  return { othersAnswered: await hasAnsweredOthers(access.db, key, since) };
}
