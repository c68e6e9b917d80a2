import { type AppError, isAppError } from "@/lib/core/errors";
import { HOUR } from "@/lib/core/time";
import { isPage } from "@/lib/kaspi/answer";
import { endpointOf } from "@/lib/kaspi/endpoint";
import { hostNameOf } from "@/lib/kaspi/hosts";
import type { KaspiRequest, KaspiResponse, KaspiTransport } from "@/lib/kaspi/transport";
import { log } from "@/lib/log";
import type { KaspiAccess } from "./access";
import type { CircuitKey } from "./circuit-queries";
import { FAILURES_TO_DIE } from "./circuit-rules";
import { noteCircuitAnswer, noteCircuitFailure, passCircuit, refuseOpen } from "./circuits";
import { raiseDeadProxy } from "./exit-notices";
import { countCall } from "./figures";
import { clearExitFailures, countExitFailure, giveUpExit } from "./health-queries";
import { keepBooks } from "./keep-books";
import type { DeadReason } from "./model";
import { seated } from "./seats";
import type { WayExit } from "./way-queries";

/**
 * The exit's connection with what stands between it and a Kaspi that fails: a seat among the calls
 * under way, the circuit breaker of what is asked for, and the figures of the exit.
 */
export function guardTransport(
  access: KaspiAccess,
  exit: WayExit,
  inner: KaspiTransport,
): KaspiTransport {
  let failuresInRow = exit.failuresInRow;

  async function send(request: KaspiRequest): Promise<KaspiResponse> {
    const key = { exitId: exit.exitId, endpoint: endpointOf(request.url) };
    const host = hostNameOf(request.url) ?? "storefront";
    await refuseOpen(access, key);
    const seat = { host, exitId: exit.exitId, isWrite: key.endpoint === "writes" };
    return seated(access, seat, request.signal, async () => {
      await passCircuit(access, key);
      const began = performance.now();
      try {
        const response = await inner.send(request);
        const ms = performance.now() - began;
        await keepBooks(() => noteAnswer(key, response, ms));
        return response;
      } catch (error) {
        request.signal?.throwIfAborted();
        if (isAppError(error)) await keepBooks(() => noteFailure(key, error));
        throw error;
      }
    });
  }

  async function noteAnswer(key: CircuitKey, response: KaspiResponse, ms: number): Promise<void> {
    const { status } = response;
    await countCall(access, exit.exitId, { ms, answered: !isRefusal(key, response) });
    if (status >= 500) await noteCircuitFailure(access, key, { kind: `${status}` });
    else if (isNotServed(key, response))
      await noteCircuitFailure(access, key, {
        kind: `${status}`,
        refusedForMs: Math.min(response.retryAfterMs ?? 0, LONGEST_REFUSED_MS),
      });
    else await noteCircuitAnswer(access, key);
    if (failuresInRow > 0) await clearExitFailures(access.db, exit.exitId);
    failuresInRow = 0;
  }

  async function noteFailure(key: CircuitKey, error: AppError): Promise<void> {
    if (!error.kind.startsWith("kaspi_")) return;
    await countCall(access, exit.exitId, { ms: 0, answered: false });
    // A dead proxy says nothing about Kaspi: it is the exit that is given up, not what was asked for.
    const isItsOwn = isProxysOwn(error);
    const isToBlame =
      isItsOwn || (await noteCircuitFailure(access, key, { kind: error.kind })).othersAnswered;
    if (exit.proxyUrl === null || error.kind === "kaspi_malformed") return;
    failuresInRow += 1;
    const failures = await countExitFailure(access.db, exit.exitId);
    // While Kaspi answers nobody, no proxy is to blame.
    if (failures < FAILURES_TO_DIE || !isToBlame) return;
    if (!(await giveUpExit(access.db, exit.exitId, deadReasonOf(error), access.clock()))) return;
    log.warn({ exit: exit.exitId, key: error.key }, "proxy given up");
    await raiseDeadProxy(access.db, exit.exitId);
  }

  return { hosts: inner.hosts, send, close: inner.close };
}

const refusals = new Set([403, 405, 429]);

/** An answer that is none: an error of Kaspi's, or its refusal of this address (protocol I). */
function isRefusal({ endpoint }: CircuitKey, response: KaspiResponse): boolean {
  if (response.status >= 500 || refusals.has(response.status)) return true;
  return (endpoint === "offers" || endpoint === "reviews") && isPage(response);
}

/**
 * Kaspi gives no reviews just now, to whom it gives the market: they rest, the exit does not. A 403 is
 * about the address.
 */
const isNotServed = (key: CircuitKey, response: KaspiResponse): boolean =>
  key.endpoint === "reviews" && response.status !== 403 && isRefusal(key, response);

/** Whatever Kaspi asks for, it is tried again within the hour. */
const LONGEST_REFUSED_MS = HOUR;

/** It is not to be reached or wants another login: Kaspi has no part in that. */
const isProxysOwn = ({ key, params }: AppError): boolean =>
  key === "proxy_failed" && (params.code === "silent" || params.code === "login");

/** Why a proxy that brings no answers is given up. */
export function deadReasonOf({ key, params: { code } }: AppError): DeadReason {
  return key === "proxy_failed" && (code === "login" || code === "refused") ? code : "silent";
}
