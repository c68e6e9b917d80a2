import type { LiveNews } from "@/lib/runs/live-model";
import { isUnderWay, type RunProgress } from "@/lib/runs/model";

/** "lost": the server will not have us; the page must be read again to say why. */
export type Heard = LiveNews | { kind: "lost" };
type Hear = (news: Heard) => void;

const TRY_AGAIN_MS = 5_000;
const kinds = ["snapshot", "run", "jobs"] as const;

// One line for all of a page: browsers keep no more than six to one address, over all their windows.
const ears = new Set<Hear>();
let line: EventSource | null = null;
let again: ReturnType<typeof setTimeout> | undefined;
/** What is under way as far as we have heard; null before the first word. */
let known: Map<string, RunProgress> | null = null;

/** Hears of runs for as long as somebody looks at the page; what is known already is told at once. */
export function followRuns(hear: Hear): () => void {
  ears.add(hear);
  if (ears.size === 1) document.addEventListener("visibilitychange", open);
  open();
  if (known) hear({ kind: "snapshot", runs: [...known.values()] });
  return () => {
    ears.delete(hear);
    if (ears.size > 0) return;
    document.removeEventListener("visibilitychange", open);
    close();
  };
}

function open(): void {
  if (document.hidden) close();
  if (document.hidden || line) return;
  clearTimeout(again);
  line = new EventSource("/runs/events");
  for (const kind of kinds) {
    line.addEventListener(kind, ({ data }) => tell({ kind, ...JSON.parse(data) } as LiveNews));
  }
  // A dropped line is taken up by the browser itself; a refusal is not.
  line.onerror = () => {
    if (line?.readyState !== EventSource.CLOSED) return;
    close();
    again = setTimeout(open, TRY_AGAIN_MS);
    void sayIfRefused();
  };
}

/** While the office is away there is no page to read either. */
async function sayIfRefused(): Promise<void> {
  const answer = await fetch("/health/db/", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) for (const hear of ears) hear({ kind: "lost" });
}

function close(): void {
  clearTimeout(again);
  line?.close();
  line = null;
  known = null;
}

function tell(news: LiveNews): void {
  if (news.kind === "snapshot") known = new Map(news.runs.map((run) => [run.id, run]));
  if (news.kind === "run") {
    if (isUnderWay(news.run)) known?.set(news.run.id, news.run);
    else known?.delete(news.run.id);
  }
  for (const hear of ears) hear(news);
}
