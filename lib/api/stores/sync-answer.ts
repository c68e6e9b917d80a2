import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import { MINUTE, SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import type { Translator } from "@/lib/i18n/translator";
import { appErrorOf } from "@/lib/jobs/error-key";
import { awaitEnd } from "@/lib/runs/await-end";
import { findRunLine } from "@/lib/runs/history-queries";
import { runNews } from "@/lib/runs/live-runs";
import { type Run, runById } from "@/lib/runs/queries";
import { syncedText } from "@/lib/runs/words";
import { askForSync } from "@/lib/sync/request-sync";
import type { Answered } from "../operation";

const WAIT_MS = 30 * SECOND;
/** Of one person's, in this process: each reads the run whenever it moves. More are answered at once. */
const MOST_WAITING = 12;
const waiting = new Map<string, number>();

const count = z.int().min(0);

export const syncedAnswer = z
  .object({
    success: z.literal(true),
    products_count: count,
    created: count,
    updated: count,
    gone: count.describe("Not met in the whole list any more"),
    message: z.string().describe("In the caller's language"),
    run_id: z.uuid(),
  })
  .meta({ id: "Synced" });

export const syncingAnswer = z
  .object({ success: z.literal(true), run_id: z.uuid(), status: z.literal("running") })
  .meta({ id: "Syncing" });

type Asked = { caller: Caller; storeId: string; request: Request; t: Translator };

/**
 * Asks for a sync, or joins the one under way, and waits for its end unless the program does not want
 * to. Throws as `askForSync`, and what the sync itself has failed of.
 */
export async function syncAnswer(
  access: KaspiAccess,
  { caller, storeId, request, t }: Asked,
): Promise<Answered> {
  const runId = await askForSync(access.db, caller, storeId, access.clock());
  const isAsync = prefers(request, "respond-async");
  const run = isAsync ? null : await inTime(access, { runId, caller, signal: request.signal });
  if (run?.status === "finished") return { body: synced(run, t, caller) };
  if (run?.status === "failed") throw await failureOf(access, caller, runId);
  if (run?.status === "cancelled") throw new AppError("conflict", "run_cancelled");
  return {
    status: 202,
    body: { success: true, run_id: runId, status: "running" },
    headers: {
      location: `/api/v1/runs/${runId}/`,
      ...(isAsync && { "preference-applied": "respond-async" }),
    },
  };
}

/** Preferences of RFC 7240. */
const prefers = ({ headers }: Request, wanted: string): boolean =>
  (headers.get("prefer") ?? "").split(/[,;]/).some((one) => one.trim().toLowerCase() === wanted);

type Waiting = { runId: string; caller: Caller; signal: AbortSignal };

/** The run at its end, or as it is after half a minute, or when nobody waits for the answer any more. */
async function inTime(
  { db, sleep }: KaspiAccess,
  { runId, caller, signal }: Waiting,
): Promise<Run | null> {
  const already = waiting.get(caller.id) ?? 0;
  if (already >= MOST_WAITING) return null;
  waiting.set(caller.id, already + 1);
  const [late, over] = [new AbortController(), new AbortController()];
  sleep(WAIT_MS, over.signal).then(
    () => late.abort(),
    () => null,
  );
  try {
    return await awaitEnd(runId, {
      announcements: runNews(),
      read: () => runById(db, runId),
      enough: AbortSignal.any([signal, late.signal]),
    });
  } finally {
    over.abort();
    const left = (waiting.get(caller.id) ?? 1) - 1;
    if (left > 0) waiting.set(caller.id, left);
    else waiting.delete(caller.id);
  }
}

function synced({ id, counts }: Run, t: Translator, caller: Caller): z.input<typeof syncedAnswer> {
  const { products = 0, created = 0, updated = 0, gone = 0, complete = 1 } = counts;
  const text = syncedText(t, caller.locale, counts);
  const message = complete ? text : `${text}. ${t("runs.sync.incomplete")}`;
  return { success: true, products_count: products, created, updated, gone, message, run_id: id };
}

/** Without a session nothing of a sync is done: whatever the reason, somebody has to log in. */
const sessionTrouble = ["kaspi_session_expired", "kaspi_credentials"] as const;

async function failureOf({ db }: KaspiAccess, caller: Caller, runId: string): Promise<AppError> {
  const line = await findRunLine(db, caller, runId);
  const failure = line?.error ? appErrorOf(line.error, MINUTE) : null;
  if (!failure) return new AppError("unavailable", "sync_failed", { retryAfterMs: MINUTE });
  return isAppError(failure, ...sessionTrouble)
    ? new AppError("needs_reauth", failure.key)
    : failure;
}
