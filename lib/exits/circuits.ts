import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "./access";
import {
  type Circuit,
  type CircuitKey,
  closeCircuit,
  failCircuit,
  takeTrial,
  troubledCircuits,
} from "./circuit-queries";
import { shortMemory } from "./kept";

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

/** Kaspi has answered through this circuit. Costs nothing while nothing was held against it. */
export async function noteCircuitAnswer(access: KaspiAccess, key: CircuitKey): Promise<void> {
  const circuits = await troubled.get(access);
  if (!circuits.delete(nameOf(key))) return;
  await closeCircuit(access.db, key);
}

export async function noteCircuitFailure(
  access: KaspiAccess,
  key: CircuitKey,
  failure: string,
): Promise<void> {
  const circuit = await failCircuit(access.db, key, failure, access.clock());
  if (circuit) (await troubled.get(access)).set(nameOf(key), circuit);
}
