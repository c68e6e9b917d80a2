import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import { database } from "@/lib/db/client";
import { type Announcements, announcements } from "./announcements";
import { toProgress } from "./model";
import { followedRuns } from "./queries";
import { runStream } from "./run-stream";

/** Lines of one person's, in all windows: a page keeps one, and none while it is hidden. */
const MOST_LINES = 12;

type Live = { announcements: Announcements; lines: Map<string, number> };
// Next evaluates this module more than once in one process; the listening connection is one all the same.
const shared = globalThis as typeof globalThis & { dukenLiveRuns?: Live };

function live(): Live {
  shared.dukenLiveRuns ??= { announcements: announcements(database), lines: new Map() };
  return shared.dukenLiveRuns;
}

/** What is told of runs in this process, over one connection. */
export const runNews = (): Announcements => live().announcements;

/**
 * The stream of what the caller may see of runs; `again` answers who the caller is by now. Throws
 * `rate_limited` when somebody holds too many of them.
 */
export function liveRuns(
  caller: Caller,
  again: () => Promise<Caller | null>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const { lines, announcements: told } = live();
  const held = lines.get(caller.id) ?? 0;
  if (held >= MOST_LINES)
    throw new AppError("rate_limited", "too_many_windows", { retryAfterMs: 5 * SECOND });
  lines.set(caller.id, held + 1);
  return runStream({
    announcements: told,
    caller: again,
    read: async (asking, which) =>
      (await followedRuns(database().db, asking, which)).map((run) => toProgress(run)),
    signal,
    onEnd: () => {
      const left = (lines.get(caller.id) ?? 1) - 1;
      if (left > 0) lines.set(caller.id, left);
      else lines.delete(caller.id);
    },
  });
}
