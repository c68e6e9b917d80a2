import type { RunState, StoredError } from "@/lib/db/schema/jobs";
import type { RunProgress } from "./model";

/** No schema in here: the browser needs these lists, too. */
export const runStates = ["queued", "running", "completed", "failed", "cancelled"] as const;
export const periods = { day: 1, week: 7, month: 30 } as const;
export type Period = keyof typeof periods;

export const HISTORY_PAGE = 50;
/** Older ones are reached by narrowing: nobody turns a hundred pages. */
export const MOST_IN_HISTORY = 5_000;

/** More runs than this, waiting, are not counted: the page says "more than". */
export const MOST_COUNTED = 1_000;

/** What a run is about, as far as the caller may know it. */
export type RunSubject =
  | { kind: "store"; id: string; name: string }
  | { kind: "login"; login: string }
  | null;

/** One run of a job, as lists and its own page show it. */
export type RunLine = {
  id: string;
  job: string;
  state: RunState;
  /** The id of what it is about: store, login or many products. */
  subject: string | null;
  about: RunSubject;
  /** Who asked for it; null: it began by itself. */
  who: string | null;
  retryOf: string | null;
  /** The run that did it again. */
  retriedBy: string | null;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  progress: RunProgress | null;
  /** Of the step that is being tried now, from 0. */
  attempt: number;
  /** Set between two attempts. */
  nextTryAt: Date | null;
  /** Set while it sleeps or waits for something. */
  asleepUntil: Date | null;
  /** Why it failed, or why the last attempt did. */
  error: StoredError | null;
  /** The caller may cancel it or have it done again. */
  mayChange: boolean;
};
