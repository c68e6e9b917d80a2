const keptGoing = [
  "reprice-store",
  "publish-prices",
  "confirm-prices",
  "send-preorders",
  "look-for-preorders",
] as const;
type KeptGoing = (typeof keptGoing)[number];

/** The schedule of prices and preorders asks for this work again within a minute: not a run of it can be stopped, but its store. */
export function isKeptGoing(job: string): job is KeptGoing {
  return keptGoing.some((one) => one === job);
}

/** Writes down what has failed: cancelled, nobody would learn of that, and its progress would stay open. */
export function isOfFailure(job: string): boolean {
  return job === "note-failed-run" || job.endsWith("-failure");
}
