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

/** What other processes have found is known here after so long (of real time). */
const FRESH_MS = 250;

type Known = { at: number; circuits: Promise<Map<string, Circuit>> };

const memories = new WeakMap<KaspiAccess, Known>();

const nameOf = ({ exitId, endpoint }: Pick<Circuit, "exitId" | "endpoint">) =>
  `${exitId}:${endpoint}`;

/**
 * Lets a call pass, or throws kaspi_unreachable (`circuit_open`, with how long to wait) without
 * asking Kaspi: it has not answered lately, and one call at a time tries whether it does again.
 */
export async function passCircuit(access: KaspiAccess, key: CircuitKey): Promise<void> {
  const circuit = (await troubled(access)).get(nameOf(key));
  if (!circuit || circuit.state === "closed") return;
  const now = access.clock();
  if ((circuit.retryAt ?? now) <= now && (await takeTrial(access.db, key, now))) {
    memories.delete(access);
    return;
  }
  const left = (circuit.retryAt?.getTime() ?? 0) - now.getTime();
  throw new AppError("kaspi_unreachable", "circuit_open", { retryAfterMs: Math.max(left, 1_000) });
}

/** Kaspi has answered through this circuit. Costs nothing while nothing was held against it. */
export async function noteCircuitAnswer(access: KaspiAccess, key: CircuitKey): Promise<void> {
  const circuits = await troubled(access);
  if (!circuits.delete(nameOf(key))) return;
  await closeCircuit(access.db, key);
}

export async function noteCircuitFailure(
  access: KaspiAccess,
  key: CircuitKey,
  failure: string,
): Promise<void> {
  const circuit = await failCircuit(access.db, key, failure, access.clock());
  if (circuit) (await troubled(access)).set(nameOf(key), circuit);
}

function troubled(access: KaspiAccess): Promise<Map<string, Circuit>> {
  const known = memories.get(access);
  const at = performance.now();
  if (known && at - known.at < FRESH_MS) return known.circuits;
  const circuits = troubledCircuits(access.db).then(
    (rows) => new Map(rows.map((row) => [nameOf(row), row])),
  );
  memories.set(access, { at, circuits });
  circuits.catch(() => memories.delete(access));
  return circuits;
}
