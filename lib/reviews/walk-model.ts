import type { Reach, WalkEnd } from "./walk-rules";

/** Which list, for which store, the run that somebody follows, and who walks: the same for all attempts. */
export type WalkOrder = {
  sourceId: string;
  storeId: string | null;
  runId: string | null;
  by: string;
};

/** How far a walk is: counts only, so it may travel between steps. */
export type Walk = {
  walk: number;
  /** The page to be read next, from 0. */
  page: number;
  perPage: number;
  met: number;
  unreadable: number;
  /** Pages up to the last one all of which was known. */
  knownPages: number;
  /** To the end, or as far as anything may be new. */
  goes: Exclude<Reach, "more">;
  end: WalkEnd | null;
};
