import { dayStart } from "@/lib/core/local-time";
import type { TaskView } from "./model";
import type { Sight } from "./sight";

/** What a list of tasks asks of the office. The person's day is by the person's clock. */
export function queryOf({ user, clock }: Sight, of: TaskView): Record<string, string> {
  const open = { done: "false", ordering: "due_at" };
  if (of.view === "list") return { ...open, category: of.list };
  if (of.view === "done") return { done: "true", category: of.list, ordering: "-done_at" };
  const mine = { ...open, mine: "true" };
  if (of.view === "mine") return mine;
  const now = clock();
  if (of.view === "overdue") return { ...mine, due_before: now.toISOString() };
  const midnight = (days: number) => dayStart(now, user.time_zone, days).toISOString();
  return { ...mine, due_after: midnight(0), due_before: midnight(1) };
}
