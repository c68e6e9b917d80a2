import { env } from "@/lib/env";

/** The keys of an Inngest server; null when there is none, and the embedded engine runs the jobs. */
export function inngestKeys(): { eventKey: string; signingKey: string } | null {
  const { INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = env();
  return eventKey && signingKey ? { eventKey, signingKey } : null;
}
