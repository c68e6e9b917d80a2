import { isAppError } from "@/lib/core/errors";
import { identityByKey } from "@/lib/kaspi/identity";
import { log } from "@/lib/log";
import { resolveNotice } from "@/lib/notices/queries";
import type { KaspiAccess } from "./access";
import { buryExit, type Probed, restExit, reviveExit, takeProbes } from "./health-queries";
import type { ExitTest } from "./model";
import { opened } from "./opened";
import { tryProxy } from "./try-proxy";
import { exitById } from "./way-queries";

/** Tried side by side; a dead one keeps its place for 15 seconds. */
const AT_ONCE = 8;

/** More proxies than this wait for the next minute. */
const MOST_ROUNDS = 4;

/** Tries dead proxies whose time has come. Those that answer are used again. Answers how many. */
export async function probeDueExits(access: KaspiAccess, signal?: AbortSignal): Promise<number> {
  let revived = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    signal?.throwIfAborted();
    const found = await probeSome(access);
    revived += found.revived;
    if (found.tried === 0) break;
  }
  return revived;
}

/** The same for the first few of them: at most 15 seconds of work. */
export async function probeSome(access: KaspiAccess): Promise<{ tried: number; revived: number }> {
  const due = await takeProbes(access.db, AT_ONCE, access.clock());
  const tests = await Promise.all(due.map((exit) => probe(access, exit)));
  return { tried: due.length, revived: tests.filter(({ ok }) => ok).length };
}

/** Tries one exit for a person who waits. What is found out counts for a dead proxy only. */
export async function testExit(access: KaspiAccess, exitId: string): Promise<ExitTest> {
  const exit = await exitById(access.db, exitId);
  if (!exit) return { ok: false, why: "silent" };
  const { proxyUrl, identity } = exit;
  if (proxyUrl !== null && exit.deadSince !== null)
    return probe(access, { id: exitId, proxyUrl, identity });
  if (proxyUrl === null) return tryProxy(access, null, identityByKey(identity));
  return tryOpened(access, { proxyUrl, identity });
}

/** One that no key opens, or that is no address, brings nothing either. */
async function tryOpened(
  access: KaspiAccess,
  { proxyUrl, identity }: Omit<Probed, "id">,
): Promise<ExitTest> {
  const url = opened(access.vault, proxyUrl);
  if (url === null) return { ok: false, why: "silent" };
  return tryProxy(access, url, identityByKey(identity)).catch((error: unknown): ExitTest => {
    if (!isAppError(error, "invalid")) throw error;
    return { ok: false, why: "silent" };
  });
}

async function probe(access: KaspiAccess, { id, proxyUrl, identity }: Probed): Promise<ExitTest> {
  const test = await tryOpened(access, { proxyUrl, identity });
  log.info({ exit: id, ok: test.ok }, "proxy tried");
  const now = access.clock();
  if (!test.ok && test.why !== "kaspi") {
    await buryExit(access.db, id, test.why, now);
    return test;
  }
  // The proxy works; that Kaspi refuses its address is a rest like any other's.
  await reviveExit(access.db, id);
  await resolveNotice(access.db, "proxy_dead", id, now);
  if (!test.ok) await restExit(access.db, id, "kaspi_address_refused", REFUSED_REST_MS, now);
  else await resolveNotice(access.db, "exit_refused", id, now);
  return test;
}

const REFUSED_REST_MS = 10 * 60_000;
