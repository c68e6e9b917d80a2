import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requirePermission } from "@/lib/auth/permissions";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { KaspiAccess } from "./access";
import { identityFor, knownProxies } from "./manage-exits";
import { insertUntried, lockPool } from "./manage-queries";
import { type LineFinding, MOST_LINES, type Paste, proxyUrlOf } from "./model";
import { readProxyLine } from "./proxy-line-rules";

/**
 * Adds every proxy of a list that can be read and is not there yet; each is tried in the background
 * before it is used. For `manage_proxies`. One finding per line that is not empty, whatever became of it.
 */
export async function pasteProxies(
  access: KaspiAccess,
  caller: Caller,
  { label, scheme, lines, readsPerSecond }: Paste,
): Promise<LineFinding[]> {
  requirePermission(caller, "manage_proxies");
  const now = access.clock();
  return access.db.transaction(async (tx) => {
    await lockPool(tx);
    const known = await knownProxies(tx, access);
    const { findings, added } = takeLines(lines, scheme, known);
    const proxies = added.map((url, nth) => ({
      name: `${label} ${nth + 1}`,
      proxyUrl: access.vault.seal(url),
      identity: identityFor(known.size + nth),
      readsPerSecond,
    }));
    const ids = await insertUntried(tx, proxies, now);
    const details = { label, proxies: ids.length, readsPerSecond };
    if (ids.length === 0) return findings;
    await audit(tx, {
      at: now,
      userId: caller.id,
      action: "exit.pasted",
      details,
    });
    await emit(tx, [events.exitsProbeRequested.create({})]);
    return findings;
  });
}

function takeLines(
  lines: string,
  scheme: Paste["scheme"],
  known: ReadonlySet<string>,
): { findings: LineFinding[]; added: string[] } {
  const added = new Set<string>();
  const findings = lines.split(/\r?\n/).flatMap((text, nth): LineFinding[] => {
    return text.trim() === "" ? [] : [{ line: nth + 1, kind: take(text) }];
  });
  return { findings, added: [...added] };

  function take(text: string): LineFinding["kind"] {
    if (added.size >= MOST_LINES) return "beyond";
    const read = readProxyLine(text, scheme);
    if (read.kind === "unreadable") return read.why;
    const url = proxyUrlOf(read.proxy);
    if (known.has(url)) return "known";
    if (added.has(url)) return "twice";
    added.add(url);
    return "added";
  }
}
