import { later, MINUTE, sleep } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { type RunChange, runChanges } from "@/lib/repricing/ledger/history-queries";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { nextTurn } from "@/lib/repricing/send/sendable-queries";
import { cityKey, type NewDecision } from "./check-queries";
import type { RunCounts } from "./check-turn";
import { repriceAll } from "./reprice-store";

const LONGEST_TURNS_MS = MINUTE;

export type Cycle = { counts: RunCounts; changes: RunChange[]; unread: UnreadMarket[] };
export type UnreadMarket = { sku: string; name: string; why: string };

/**
 * One cycle over every product of a store whose bot is on, due or not, until each change is sent,
 * deferred, frozen or refused. A dry run sends nothing. Null: the store is not at work or has no bot on.
 */
export async function runCycle(
  access: KaspiAccess,
  storeId: string,
  options: { dryRun: boolean; signal?: AbortSignal },
): Promise<Cycle | null> {
  const decided: string[] = [];
  const unread: UnreadMarket[] = [];
  const counts = await repriceAll(access, storeId, {
    ...options,
    trigger: "command",
    onSaved(checks, saved) {
      decided.push(...saved.filter(isOpen).map((row) => row.id ?? ""));
      // Decided before, still waiting, and right again: it is this cycle's as well.
      const news = new Set(saved.map(cityKey));
      for (const { subject } of checks)
        if (!news.has(cityKey(subject)) && isWaiting(subject.last?.state))
          decided.push(subject.lastDecisionId ?? "");
      for (const { subject, input } of checks)
        if (input.market.kind === "unseen" && input.market.why !== "not_read")
          unread.push({ sku: subject.sku, name: subject.name, why: input.market.why });
    },
  });
  if (!counts) return null;
  if (!options.dryRun) await sendAll(access, storeId, options.signal);
  return { counts, changes: await runChanges(access.db, decided), unread };
}

/**
 * Sends what there is, and a product's next city when the one before is resolved: there may be no worker to
 * do it. What takes longer is sent by the next cycle.
 */
async function sendAll(access: KaspiAccess, storeId: string, signal?: AbortSignal): Promise<void> {
  const end = later(access.clock(), LONGEST_TURNS_MS);
  for (;;) {
    while ((await publishStore(access, storeId, signal)).goesOn);
    const at = await nextTurn(access.db, storeId, access.clock());
    if (at === null || at > end) return;
    await sleep(Math.max(0, at.getTime() - access.clock().getTime()), signal);
    await confirmStore(access, storeId, signal);
  }
}

const isWaiting = (state: NewDecision["state"] | undefined) =>
  state === "pending" || state === "frozen";
const isOpen = (row: NewDecision) => row.kind === "change" || isWaiting(row.state);
