import type { Notice } from "@/lib/notices/model";

const order = ["danger", "warning", "info"];

/** What loses money first; of equals the newest. */
export function mostUrgentFirst(notices: readonly Notice[]): Notice[] {
  return [...notices].sort(
    (a, b) =>
      order.indexOf(a.severity) - order.indexOf(b.severity) ||
      b.createdAt.getTime() - a.createdAt.getTime(),
  );
}
