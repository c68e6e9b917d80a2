import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { requireOwner } from "@/lib/auth/permissions";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import type { KaspiAccess } from "./access";
import { identityFor, knownProxies } from "./manage-exits";
import { insertUntried } from "./manage-queries";
import { type LineFinding, MOST_LINES, type Paste, proxyUrlOf } from "./model";
import { readProxyLine } from "./proxy-line-rules";

/**
 * Adds every proxy of a list that can be read and is not there yet; each is tried in the background
 * before it is used. Owners only. One finding per line that is not empty, whatever became of it.
 */
export async function pasteProxies(
  access: KaspiAccess,
  caller: Caller,
  { label, scheme, lines, readsPerSecond }: Paste,
): Promise<LineFinding[]> {
  requireOwner(caller);
  const known = await knownProxies(access);
  const before = known.size;
  const added = new Set<string>();
  const findings: LineFinding[] = [];
  for (const [nth, text] of lines.split(/\r?\n/).entries()) {
    if (text.trim() === "") continue;
    findings.push({ line: nth + 1, kind: await take(text) });
  }
  const proxies = [...added].map((url, nth) => ({
    name: `${label} ${nth + 1}`,
    proxyUrl: access.vault.seal(url),
    identity: identityFor(before + nth),
    readsPerSecond,
  }));
  const now = access.clock();
  await access.db.transaction(async (tx) => {
    const ids = await insertUntried(tx, proxies, now);
    const details = { label, proxies: ids.length, readsPerSecond };
    if (ids.length === 0) return;
    await audit(tx, {
      at: now,
      userId: caller.id,
      action: "exit.pasted",
      details,
    });
    await emit(tx, [events.exitsProbeRequested.create({})]);
  });
  return findings;

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
