import { LONGEST_WINDOW_MS } from "@/lib/auth/attempts";
import { DAY, later, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { forgetFigures } from "@/lib/exits/figure-queries";
import { forgetExports } from "@/lib/table-files/export-queries";
import { forgetImports } from "@/lib/table-files/import-queries";
import { forgetDecisions } from "./ledger-queries";
import { forgetLists, forgetPulls } from "./list-queries";
import { forgetMailbox } from "./mailbox-queries";
import {
  type Forget,
  forgetAnswers,
  forgetApiAnswers,
  forgetAttempts,
  forgetBudget,
  forgetChecks,
  forgetDeliveries,
  forgetDialogs,
  forgetInvites,
  forgetMarkets,
  forgetNotices,
  forgetPaces,
  forgetRuleMakings,
  forgetRuns,
  forgetShopPaces,
  forgetTellings,
  forgetWars,
} from "./queries";
import { forgetReviewLists } from "./review-queries";

/** Each batch is a transaction of its own: nobody waits long for a lock, a crash loses one. */
const BATCH = 2_000;
/** A step must not be long; the next one goes on. */
const LONGEST_MS = 20 * SECOND;
/** The longest window of the budget of writes is two hours. */
const KEEP_BUDGET_DAYS = 2;
/** Pages show the last 24 hours of an exit. */
const KEEP_FIGURES_DAYS = 14;
/** Whether something arrived is asked in days. */
const KEEP_DELIVERIES_DAYS = 30;
/** A button of a message is pressed within days, or never. */
const KEEP_TELLINGS_DAYS = 90;
const KEEP_DIALOGS_DAYS = 90;
/** A table that comes back later is compared with what is there now. */
const KEEP_TABLES_DAYS = 30;
/** Whether Kaspi has come is asked in days. */
const KEEP_PULLS_DAYS = 30;
/** Besides the newest fifty of a store. */
const KEEP_LISTS_DAYS = 2;
/** A training office's letters are looked at when they are sent. */
const KEEP_MAILBOX_DAYS = 7;

export type Keep = { marketDays: number; historyDays: number; decisionDays: number };

/**
 * Deletes what is no longer of use, in small batches, until all is done or the step was long enough.
 * What is forgotten of a ledger of decisions leaves a checkpoint, so that the rest can still be proven; the
 * audit stays for ever.
 */
export async function forgetOld(
  access: Pick<KaspiAccess, "db" | "clock">,
  keep: Keep,
  { batch = BATCH, signal }: { batch?: number; signal?: AbortSignal } = {},
): Promise<{ forgotten: number; goesOn: boolean }> {
  const now = access.clock();
  const until = later(now, LONGEST_MS);
  const kinds: [Forget, days: number][] = [
    [forgetBudget, KEEP_BUDGET_DAYS],
    [forgetMarkets, keep.marketDays],
    [forgetDecisions, keep.decisionDays],
    [forgetAnswers, 0],
    [forgetChecks, keep.historyDays],
    [forgetRuns, keep.historyDays],
    [forgetWars, keep.historyDays],
    [forgetNotices, keep.historyDays],
    [forgetRuleMakings, keep.historyDays],
    [forgetInvites, keep.historyDays],
    [forgetReviewLists, keep.historyDays],
    [forgetPaces, 1],
    [forgetShopPaces, 1],
    [forgetApiAnswers, 1],
    [forgetAttempts, LONGEST_WINDOW_MS / DAY],
    [forgetFigures, KEEP_FIGURES_DAYS],
    [forgetDeliveries, KEEP_DELIVERIES_DAYS],
    [forgetTellings, KEEP_TELLINGS_DAYS],
    [forgetDialogs, KEEP_DIALOGS_DAYS],
    [forgetPulls, KEEP_PULLS_DAYS],
    [forgetLists, KEEP_LISTS_DAYS],
    [forgetMailbox, KEEP_MAILBOX_DAYS],
    [forgetExports, KEEP_TABLES_DAYS],
    [forgetImports, KEEP_TABLES_DAYS],
  ];
  let forgotten = 0;
  for (const [forget, days] of kinds) {
    let count: number;
    do {
      signal?.throwIfAborted();
      if (access.clock() > until) return { forgotten, goesOn: true };
      count = await forget(access.db, later(now, -days * DAY), batch);
      forgotten += count;
    } while (count > 0);
  }
  return { forgotten, goesOn: false };
}
