import type { Clock } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import type { JobLog } from "@/lib/jobs/client";
import type { Backoff } from "@/lib/jobs/embedded/backoff";
import type { Definition } from "@/lib/jobs/embedded/definition";

/** What every part of one engine works with. */
export type EngineContext = {
  db: Db;
  /** Owner of this engine's leases. */
  owner: string;
  clock: Clock;
  backoff: Backoff;
  leaseMs: number;
  log: JobLog;
  definitions: ReadonlyMap<string, Definition>;
};
