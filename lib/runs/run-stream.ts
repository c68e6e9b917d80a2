import type { Caller } from "@/lib/auth/model";
import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import { napping } from "@/lib/jobs/nap";
import { log } from "@/lib/log";
import type { Announcements } from "./announcements";
import type { LiveNews } from "./live-model";
import { isUnderWay, type RunProgress } from "./model";

type Options = {
  announcements: Announcements;
  /** Asked before every word: whoever is blocked or signed out meanwhile hears no more. */
  caller: () => Promise<Caller | null>;
  /** What of these runs, or of those under way, the caller may see. */
  read: (caller: Caller, which: readonly string[] | "under way") => Promise<RunProgress[]>;
  /** Aborted when nobody listens any more. */
  signal: AbortSignal;
  /** News that comes this close together is one. */
  gatherMs?: number;
  onEnd?: () => void;
};

/** Whoever is this many messages behind does not read them. */
const MOST_UNREAD = 200;

/**
 * Runs as server-sent events: first all that is under way, then each that moves. A line that broke
 * begins again with all that is under way, so nothing needs to be kept for it.
 */
export function runStream(options: Options): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const signal = AbortSignal.any([options.signal, left.signal]);
  const ended = new AbortController();
  const onEnd = () => options.onEnd?.();
  const over = AbortSignal.any([signal, ended.signal]);
  // One that was born aborted never says so.
  if (over.aborted) onEnd();
  else over.addEventListener("abort", onEnd, { once: true });
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (text: string) => {
        if ((controller.desiredSize ?? 0) < -MOST_UNREAD) throw new Error("nobody reads");
        controller.enqueue(encoder.encode(text));
      };
      talk({ ...options, signal }, say)
        .catch((error: unknown) => {
          if (!signal.aborted) log.warn({ err: error }, "Stream of runs broke");
        })
        .finally(() => {
          ended.abort();
          if (!left.signal.aborted) controller.close();
        });
    },
    cancel: () => left.abort(),
  });
}

async function talk(options: Options, say: (text: string) => void): Promise<void> {
  const { announcements, caller, signal, gatherMs = SECOND / 2 } = options;
  const news = gathering(announcements, signal);
  const told = memory();
  try {
    say("retry: 3000\n\n");
    for (let asking = await caller(); asking && !signal.aborted; asking = await caller()) {
      for await (const text of answers(options, asking, news.take(), told)) say(text);
      await news.wait();
      await sleep(gatherMs, signal);
    }
  } finally {
    news.stop();
  }
}

type News = { look: boolean; jobs: boolean; moved: string[] };
type Memory = ReturnType<typeof memory>;

/** What the news means for this caller. */
async function* answers(
  { read }: Options,
  caller: Caller,
  { look, jobs, moved }: News,
  told: Memory,
): AsyncGenerator<string> {
  if (look) {
    const runs = await read(caller, "under way");
    yield told.isAll(runs) ? ": still here\n\n" : words({ kind: "snapshot", runs });
  }
  for (const run of moved.length > 0 ? await read(caller, moved) : [])
    if (told.isNew(run)) yield words({ kind: "run", run });
  if (jobs) yield words({ kind: "jobs" });
}

function words({ kind, ...data }: LiveNews): string {
  return `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** What was announced since it was last taken; to begin with, a look at everything. */
function gathering(announcements: Announcements, signal: AbortSignal) {
  const nap = napping();
  const runs = new Set<string>();
  let [look, jobs] = [true, false];
  const stop = announcements.follow((announced) => {
    if (typeof announced === "object") runs.add(announced.runId);
    else jobs = true;
    if (announced === "look") look = true;
    nap.wake();
  });
  signal.addEventListener("abort", nap.wake, { once: true });
  return {
    stop,
    wait: () => nap.sleep(MINUTE),
    take(): News {
      const taken = { look, jobs, moved: [...runs] };
      [look, jobs] = [false, false];
      runs.clear();
      return taken;
    },
  };
}

/** What was told of what is under way. */
function memory() {
  let told: Map<string, string> | null = null;
  return {
    /** Whether these are all there were, unchanged; they are what is remembered now. */
    isAll(runs: RunProgress[]): boolean {
      const before = told;
      told = new Map(runs.map((run) => [run.id, JSON.stringify(run)]));
      return before?.size === told.size && [...told].every(([id, text]) => before.get(id) === text);
    },
    isNew(run: RunProgress): boolean {
      const text = JSON.stringify(run);
      if (told?.get(run.id) === text) return false;
      if (isUnderWay(run)) told?.set(run.id, text);
      else told?.delete(run.id);
      return true;
    },
  };
}
