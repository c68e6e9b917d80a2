import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { analyseCard } from "@/lib/reviews/analyse-card";
import { askForCard } from "@/lib/reviews/ask-card";
import type { Answered } from "../operation";
import { prefers, runInTime } from "../run-in-time";
import { toCardReviews } from "./reviews-answer";

type Asked = { caller: Caller; cardId: string; watch: boolean | undefined; request: Request };

/**
 * Asks for the reviews of a card to be read and waits for it, half a minute at most; then answers with what
 * is known, as long as anything is. Throws as `askForCard`, `not_found` for a card that Kaspi has not, and
 * `unavailable` when Kaspi cannot be read and nothing is known from before.
 */
export async function readCardAnswer(
  access: KaspiAccess,
  { caller, cardId, watch, request }: Asked,
): Promise<Answered> {
  const { db, clock } = access;
  const { runId } = await askForCard(db, caller, { cardId, watch }, clock());
  const isAsync = prefers(request, "respond-async");
  const run = isAsync ? null : await runInTime(access, { runId, caller, signal: request.signal });
  const found = await analyseCard(db, caller, cardId, clock());
  const isKnown = found !== null && (found.read > 0 || found.source.settledWalk > 0);
  const data = isKnown ? toCardReviews(found) : null;
  if (run?.status === "cancelled") throw new AppError("conflict", "run_cancelled");
  if (run?.errorKey === "reviews_unknown" && data === null)
    throw new AppError("not_found", "reviews_unknown", { params: { card: cardId } });
  const isOver = run?.status === "finished" || run?.status === "failed";
  if (data === null && (isOver || run?.counts.trouble))
    throw new AppError("unavailable", "reviews_unread", { retryAfterMs: MINUTE });
  if (isOver && data !== null) {
    const isStale = run.status === "failed";
    return { body: { success: true, run_id: runId, is_stale: isStale, data } };
  }
  return {
    status: 202,
    body: { success: true, run_id: runId, status: "running", data },
    headers: {
      location: `/api/v1/runs/${runId}/`,
      ...(isAsync && { "preference-applied": "respond-async" }),
    },
  };
}
