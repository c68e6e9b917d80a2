import { SECOND } from "@/lib/core/time";
import { database } from "@/lib/db/client";
import { functions } from "@/lib/functions";
import { embeddedEngine } from "@/lib/jobs/embedded/engine";
import { log } from "@/lib/log";

/** A process of its own that does every job of the office, impatient enough to be killed often. */

const engine = embeddedEngine({
  database: database(),
  functions,
  log,
  leaseMs: SECOND,
  backoff: () => SECOND / 4,
});
await engine.start();
process.stdout.write("working\n");
