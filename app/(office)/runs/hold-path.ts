import type { RunSubject } from "@/lib/runs/history-model";

/** Where the store that a run is about can be held back; null when it is about none. */
export const holdPath = (about: RunSubject) =>
  about?.kind === "store" ? `/stores/${about.id}#hold` : null;
