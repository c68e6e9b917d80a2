import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { Translator } from "@/lib/i18n/translator";
import type { RunLine } from "./history-model";
import { findRunLine } from "./history-queries";
import { findRun, type Run } from "./queries";
import { failureText } from "./words";

/** A run as the public API tells of it. Its field names are a contract. */
export type RunAnswer = {
  id: string;
  kind: string;
  status: "queued" | "running" | "finished" | "failed" | "cancelled";
  done: number;
  total: number | null;
  started_at: string | null;
  finished_at: string | null;
  /** In the caller's language; only when it failed. */
  error?: string;
};

/** The progress or the run with this id. Throws `not_found` also for what the caller may not see. */
export async function runAnswer(
  tx: Tx,
  caller: Caller,
  id: string,
  t: Translator,
): Promise<RunAnswer> {
  const isId = z.uuid().safeParse(id).success;
  const line = isId ? await findRunLine(tx, caller, id) : null;
  if (line?.id === id.toLowerCase()) return ofLine(line, t);
  const progress = isId ? await findRun(tx, caller, id) : null;
  if (progress) return ofProgress(progress, t);
  throw new AppError("not_found", "run_not_found");
}

function ofProgress(run: Run, t: Translator): RunAnswer {
  const { id, kind, status, done, total, startedAt, finishedAt, errorKey } = run;
  const error = { name: "Error", message: errorKey ?? "" };
  return {
    id,
    kind,
    status,
    done,
    total,
    started_at: startedAt?.toISOString() ?? null,
    finished_at: finishedAt?.toISOString() ?? null,
    ...(status === "failed" && { error: failureText(t, error) }),
  };
}

function ofLine(run: RunLine, t: Translator): RunAnswer {
  const { id, job, state, progress, startedAt, finishedAt, error } = run;
  return {
    id,
    kind: job,
    status: state === "completed" ? "finished" : state,
    done: progress?.done ?? 0,
    total: progress?.total ?? null,
    started_at: startedAt?.toISOString() ?? null,
    finished_at: finishedAt?.toISOString() ?? null,
    ...(state === "failed" && error && { error: failureText(t, error) }),
  };
}
