import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import type { Translator } from "@/lib/i18n/translator";
import { appErrorOf } from "@/lib/jobs/error-key";
import { findRunLine } from "@/lib/runs/history-queries";
import type { Run } from "@/lib/runs/queries";
import { syncedText } from "@/lib/runs/words";
import { askForSync } from "@/lib/sync/request-sync";
import type { Answered } from "../operation";
import { prefers, runInTime } from "../run-in-time";

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
  const run = isAsync ? null : await runInTime(access, { runId, caller, signal: request.signal });
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
