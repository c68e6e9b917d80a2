import type { RunProgress } from "./model";

/** What the event stream says: all that is under way, one run that has moved, or that jobs have. */
export type LiveNews =
  | { kind: "snapshot"; runs: RunProgress[] }
  | { kind: "run"; run: RunProgress }
  | { kind: "jobs" };
